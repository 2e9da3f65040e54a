package io.cloudtask.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the whole process. Everything that runs in it, libraries too, comes together in
 * java.util.logging. Each record is one line; whole lines go to a file, short ones to standard
 * error.
 */
public final class Log {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger OURS = Logger.getLogger("io.cloudtask");

  private static final Logger ROOT = Logger.getLogger("");

  private Log() {}

  /**
   * Replaces what logging there was, for a role whose configuration has the section.
   *
   * @throws ConfigException when the file can't be opened
   */
  public static void begin(LogSettings config, ZoneId zone) throws ConfigException {
    try {
      configure(config, zone);
    } catch (IOException e) {
      throw new ConfigException("logger.logfile: can't be written: " + FileFaults.words(e));
    }
  }

  /**
   * Replaces what logging there was.
   *
   * @param zone in which times are written
   * @throws IOException when the file can't be opened
   */
  public static void configure(LogSettings config, ZoneId zone) throws IOException {
    LogManager.getLogManager().reset();
    if (LogManager.getLogManager() instanceof LastingLogManager manager) {
      manager.keep();
    }
    Level level = level(config.loglevel());
    // Libraries say much at INFO that no operator of ours can use.
    ROOT.setLevel(level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING);
    OURS.setLevel(level);
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(LineFormat.brief(zone));
    add(console);
    if (!config.logfile().isEmpty()) {
      Path file = Path.of(config.logfile());
      add(new RotatingFile(file, config.logsize(), LineFormat.whole(zone)));
    }
    // Libraries log through SLF4J; bound here, before several threads do it at once and complain.
    LoggerFactory.getILoggerFactory();
  }

  /** Writes what is left; nothing is logged after it. */
  static void end() {
    if (LogManager.getLogManager() instanceof LastingLogManager manager) {
      manager.end();
    }
  }

  private static void add(Handler handler) {
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
  }

  private static Level level(String word) {
    return switch (word) {
      case "debug" -> Level.FINE;
      case "warn" -> Level.WARNING;
      case "error" -> Level.SEVERE;
      default -> Level.INFO;
    };
  }
}
