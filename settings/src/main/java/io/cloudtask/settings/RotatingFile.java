package io.cloudtask.settings;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file that always has its own name; when it is full it becomes {@code name.1}, and what that
 * was becomes {@code name.2}, and so on. Thread-safe.
 */
final class RotatingFile extends Handler {
  private static final int KEPT = 5;

  private final Path file;
  private final long limit;
  private OutputStream out;
  private long size;

  /**
   * @param limit bytes after which a new file is begun
   */
  RotatingFile(Path file, long limit, Formatter format) throws IOException {
    this.file = file.toAbsolutePath();
    this.limit = limit;
    setFormatter(format);
    Files.createDirectories(this.file.getParent());
    out = open();
    size = Files.size(this.file);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
    try {
      if (size > 0 && size + line.length > limit) {
        rotate();
      }
      out.write(line);
      size += line.length;
    } catch (IOException e) {
      reportError("can't write " + file, e, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {
    // Every line is written at once.
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      reportError("can't close " + file, e, ErrorManager.CLOSE_FAILURE);
    }
  }

  private void rotate() throws IOException {
    out.close();
    for (int i = KEPT - 1; i >= 1; i--) {
      move(numbered(i), numbered(i + 1));
    }
    move(file, numbered(1));
    out = open();
    size = 0;
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
