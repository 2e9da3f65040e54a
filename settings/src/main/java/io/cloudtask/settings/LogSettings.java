package io.cloudtask.settings;

import java.util.Locale;

/**
 * The log.
 *
 * @param logfile path; "" logs to standard error only
 * @param loglevel debug, info, warn or error
 * @param logsize bytes after which a new file is begun
 */
public record LogSettings(String logfile, String loglevel, long logsize) {
  private static final long USUAL_SIZE = 20L * 1024 * 1024;
  private static final long LEAST_SIZE = 64L * 1024;
  private static final long MOST_SIZE = 1024L * 1024 * 1024;

  /** The levels, as they are written. */
  private enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** Reads the section {@code logger}. */
  public static LogSettings read(Settings settings, String usualFile) {
    String file = settings.text("logger.logfile", usualFile);
    Level level = settings.oneOf("logger.loglevel", Level.INFO);
    long size = settings.number("logger.logsize", USUAL_SIZE, LEAST_SIZE, MOST_SIZE);
    return new LogSettings(file, level.name().toLowerCase(Locale.ROOT), size);
  }
}
