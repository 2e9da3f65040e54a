package io.cloudtask.cli;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;

/** A file as the one field {@code jobFile} of a form, read while it is sent. */
record Upload(String contentType, BodyPublisher body) {
  /** Told of the bytes that were handed to the connection so far. */
  interface Progress {
    void sent(long bytes);
  }

  static Upload of(Path file, String name, long size, Progress progress) throws Failure {
    String boundary = "cloudtask-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    byte[] head =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jobFile\"; filename=\""
                + name.replaceAll("[\"\\\\\\p{Cntrl}]", "_")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    try {
      BodyPublisher whole =
          BodyPublishers.concat(
              BodyPublishers.ofByteArray(head),
              BodyPublishers.ofFile(file),
              BodyPublishers.ofByteArray(tail));
      return new Upload(
          "multipart/form-data; boundary=" + boundary,
          BodyPublishers.fromPublisher(
              subscriber -> whole.subscribe(new Counting(subscriber, progress)),
              head.length + size + tail.length));
    } catch (FileNotFoundException e) {
      throw new Failure(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  private static final class Counting implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> next;
    private final Progress progress;
    private long sent;

    Counting(Flow.Subscriber<? super ByteBuffer> next, Progress progress) {
      this.next = next;
      this.progress = progress;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      next.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      sent += part.remaining();
      progress.sent(sent);
      next.onNext(part);
    }

    @Override
    public void onError(Throwable fault) {
      next.onError(fault);
    }

    @Override
    public void onComplete() {
      next.onComplete();
    }
  }
}
