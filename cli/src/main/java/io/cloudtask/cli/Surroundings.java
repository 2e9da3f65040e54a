package io.cloudtask.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * Everything of the world that a command may look at, so that a test can pretend one.
 *
 * @param directory relative paths start here
 * @param clock its zone is the one of this machine
 * @param columns of the terminal; 0 when {@code out} is none, and then nothing is cut to fit
 */
record Surroundings(
    Map<String, String> environment,
    Path directory,
    Clock clock,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns) {

  /** In which times are shown, and those that name none are read. */
  ZoneId zone() {
    return clock.getZone();
  }

  /** Whether colours help: on a terminal, unless NO_COLOR asks for none (no-color.org). */
  boolean colours() {
    return outIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
