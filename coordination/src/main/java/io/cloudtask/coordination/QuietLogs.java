package io.cloudtask.coordination;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the libraries from telling each lost connection with a stack trace: what matters of it is
 * said once, by {@link ZooKeeperCoordinator}. A level that the operator has set stays.
 */
final class QuietLogs {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.apache.zookeeper"), Logger.getLogger("org.apache.curator"));

  /** Tells of a host without an address once a second; an answer that does not come says it too. */
  private static final Logger ADDRESSES =
      Logger.getLogger("org.apache.zookeeper.client.StaticHostProvider");

  private QuietLogs() {}

  static void apply() {
    for (Logger logger : LOGGERS) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.SEVERE);
      }
    }
    if (ADDRESSES.getLevel() == null) {
      ADDRESSES.setLevel(Level.OFF);
    }
  }
}
