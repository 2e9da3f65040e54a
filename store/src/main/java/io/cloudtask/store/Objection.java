package io.cloudtask.store;

import java.lang.System.Logger.Level;

/**
 * What speaks against a fact, for the log.
 *
 * @param level an error when it shows that a promise was broken, else a warning
 */
record Objection(Level level, String why) {
  /** The fact changes nothing. */
  static Objection ignored(String why) {
    return new Objection(Level.WARNING, "which changes nothing: " + why);
  }

  /** A fire time was started that was not the agent's to start. */
  static Objection violation(String why) {
    return new Objection(Level.ERROR, "which must never happen: " + why);
  }
}
