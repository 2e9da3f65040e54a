package io.cloudtask.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up the log of the whole process. */
public final class Log {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger OURS = Logger.getLogger("io.cloudtask");

  private static final Logger ROOT = Logger.getLogger("");

  private Log() {}

  /**
   * Replaces what logging there was.
   *
   * @param zone in which times are written
   * @throws IOException when the file can't be opened
   */
  public static void configure(LogSettings config, ZoneId zone) throws IOException {
    LogManager.getLogManager().reset();
    Level level = level(config.loglevel());
    // Libraries say much at INFO that no operator of ours can use.
    ROOT.setLevel(level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING);
    OURS.setLevel(level);
    ConsoleHandler console = new ConsoleHandler();
    console.setFormatter(new LineFormat(zone, false));
    add(console);
    if (!config.logfile().isEmpty()) {
      add(
          new RotatingFile(
              Path.of(config.logfile()), config.logsize(), new LineFormat(zone, true)));
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
