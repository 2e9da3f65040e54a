package io.cloudtask.agent.run;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.process.Exit;
import io.cloudtask.agent.timetable.StopOrder;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the end of a run is told. Pure functions. */
final class Ending {
  private Ending() {}

  /**
   * Of a run whose process ended.
   *
   * @param stopped the order that stopped it; null when it ended by itself
   */
  static Fact.Ended of(OpenRun run, Exit exit, @Nullable StopOrder stopped) {
    if (stopped != null) {
      return told(run, stopped.as(), exit, stopped.reason());
    }
    if (exit.code() != null) {
      return exit.code() == 0
          ? told(run, RunState.SUCCEEDED, exit, "")
          : told(run, RunState.FAILED, exit, "exit code " + exit.code());
    }
    if (exit.signal() != null) {
      return told(run, RunState.FAILED, exit, "ended by signal " + exit.signal());
    }
    return told(
        run,
        RunState.LOST,
        exit,
        "it ended, and how could not be learnt (no exit status was left)");
  }

  /** Of a run that never had a process, or whose process left nothing behind. */
  static Fact.Ended without(OpenRun run, RunState state, Instant at, String reason) {
    return new Fact.Ended(run.job().jobid(), run.runid(), state, null, null, at, reason);
  }

  private static Fact.Ended told(OpenRun run, RunState state, Exit exit, String reason) {
    return new Fact.Ended(
        run.job().jobid(), run.runid(), state, exit.code(), exit.signal(), exit.at(), reason);
  }
}
