package io.cloudtask.store;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;

/** Short words for facts about the job of the contracts. */
final class Facts {
  private Facts() {}

  static String runid(Instant fireat) {
    return Ids.scheduledRunId(StoreContract.JOB, fireat, 1);
  }

  static Fact granted(Instant fireat) {
    return granted(fireat, false);
  }

  static Fact queued(Instant fireat) {
    return granted(fireat, true);
  }

  private static Fact granted(Instant fireat, boolean queued) {
    return new Fact.Granted(
        StoreContract.JOB,
        runid(fireat),
        1,
        fireat,
        fireat.plusMillis(1),
        1,
        Trigger.SCHEDULE,
        queued,
        fireat.minusSeconds(1));
  }

  static Fact started(Instant fireat) {
    return new Fact.Started(StoreContract.JOB, runid(fireat), fireat.plusMillis(2), 4711);
  }

  static Fact ended(Instant fireat, RunState state, String reason) {
    Integer exitcode = state == RunState.SUCCEEDED ? Integer.valueOf(0) : null;
    return new Fact.Ended(
        StoreContract.JOB, runid(fireat), state, exitcode, null, fireat.plusMillis(502), reason);
  }

  static Fact.Gap gap(Instant first, Instant last, long count, GapReason reason, Instant after) {
    return new Fact.Gap(StoreContract.JOB, 1, first, last, count, reason, after);
  }
}
