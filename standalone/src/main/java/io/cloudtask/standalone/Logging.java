package io.cloudtask.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything goes to files in the data directory; short lines of what matters to standard error.
 */
public final class Logging {
  private static final int FILE_BYTES = 10 * 1024 * 1024;
  private static final int FILES = 5;

  /** Libraries say much at INFO that no operator of ours can use. */
  private static final Logger OURS = Logger.getLogger("io.cloudtask");

  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /**
   * Keeps the log open while the JVM ends: java.util.logging would close it first of all, and what
   * goes wrong at the end would be lost. Must be called before anything logs.
   */
  static void outliveShutdown() {
    System.setProperty("java.util.logging.manager", KeptLogManager.class.getName());
  }

  /** Writes what is left; nothing is logged after it. */
  static void end() {
    if (LogManager.getLogManager() instanceof KeptLogManager manager) {
      manager.end();
    }
  }

  /** Public because java.util.logging makes it by name. */
  public static final class KeptLogManager extends LogManager {
    private volatile boolean kept;

    /** The JVM's own shutdown hook calls this too, and is the only one that does once we are up. */
    @Override
    public void reset() {
      if (!kept) {
        super.reset();
      }
    }

    private void keep() {
      kept = true;
    }

    private void end() {
      kept = false;
      reset();
    }
  }

  static void to(Path directory) throws IOException {
    Files.createDirectories(directory);
    LogManager.getLogManager().reset();
    if (LogManager.getLogManager() instanceof KeptLogManager manager) {
      manager.keep();
    }
    ROOT.setLevel(Level.WARNING);
    OURS.setLevel(Level.INFO);
    String pattern = directory.toString().replace("%", "%%") + "/cloudtask-%g.log";
    FileHandler file = new FileHandler(pattern, FILE_BYTES, FILES, true);
    file.setEncoding("UTF-8");
    add(file, Level.ALL, new Line(DateTimeFormatter.ISO_INSTANT, true));
    DateTimeFormatter clock =
        DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    add(new ConsoleHandler(), Level.INFO, new Line(clock, false));
    // Libraries log through SLF4J; bound here, before several threads would do it at once and
    // complain.
    LoggerFactory.getILoggerFactory();
  }

  private static void add(Handler handler, Level level, Formatter format) {
    handler.setLevel(level);
    handler.setFormatter(format);
    ROOT.addHandler(handler);
  }

  /** One record is one line, and a fault's trace follows only where there is room for it. */
  private static final class Line extends Formatter {
    private final DateTimeFormatter time;
    private final boolean whole;

    Line(DateTimeFormatter time, boolean whole) {
      this.time = time;
      this.whole = whole;
    }

    @Override
    public String format(LogRecord entry) {
      StringBuilder line = new StringBuilder(time.format(Instant.ofEpochMilli(entry.getMillis())));
      line.append(' ').append(entry.getLevel().getName()).append(' ');
      if (whole) {
        line.append(entry.getLoggerName()).append(": ");
      }
      line.append(formatMessage(entry));
      Throwable fault = entry.getThrown();
      if (fault != null && !whole) {
        line.append(": ").append(fault);
      }
      line.append('\n');
      if (fault != null && whole) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        line.append(trace);
      }
      return line.toString();
    }
  }
}
