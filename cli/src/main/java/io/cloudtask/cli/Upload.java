package io.cloudtask.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** A file as the one field {@code jobFile} of a form, read while it is sent. */
record Upload(String contentType, Exchange.Body body) {
  private static final int BUFFER = 64 * 1024;

  /** Told of the bytes of the file that were sent so far. */
  interface Progress {
    void sent(long bytes);
  }

  /**
   * @param size of the file in bytes; one that changes meanwhile breaks the upload
   */
  static Upload of(Path file, String name, long size, Progress progress) {
    String boundary = "cloudtask-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    byte[] head =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jobFile\"; filename=\""
                + name.replaceAll("[\"\\\\\\p{Cntrl}]", "_")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    Exchange.Body body =
        new Exchange.Body(
            head.length + size + tail.length,
            out -> {
              out.write(head);
              copy(file, out, progress);
              out.write(tail);
            });
    return new Upload("multipart/form-data; boundary=" + boundary, body);
  }

  private static void copy(Path file, OutputStream out, Progress progress) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long sent = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        sent += read;
        progress.sent(sent);
      }
    }
  }
}
