package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run as its row says it, and what each fact makes of it. */
record RunRow(
    String runid,
    String jobid,
    long version,
    String agentkey,
    RunState state,
    Trigger trigger,
    int attempt,
    @Nullable Instant fireat,
    Instant grantedat,
    @Nullable Instant startedat,
    @Nullable Instant endedat,
    @Nullable Integer exitcode,
    @Nullable Integer signal,
    String reason,
    boolean presumed) {

  static RunRow of(String agentkey, Fact.Granted fact) {
    return new RunRow(
        fact.runid(),
        fact.jobid(),
        fact.version(),
        agentkey,
        fact.queued() ? RunState.QUEUED : RunState.STARTING,
        fact.trigger(),
        fact.attempt(),
        fact.fireat(),
        fact.grantedat(),
        null,
        null,
        null,
        null,
        "",
        false);
  }

  RunRow started(Fact.Started fact) {
    return new RunRow(
        runid,
        jobid,
        version,
        agentkey,
        RunState.RUNNING,
        trigger,
        attempt,
        fireat,
        grantedat,
        fact.startedat(),
        null,
        null,
        null,
        "",
        false);
  }

  RunRow ended(Fact.Ended fact) {
    return new RunRow(
        runid,
        jobid,
        version,
        agentkey,
        fact.state(),
        trigger,
        attempt,
        fireat,
        grantedat,
        startedat,
        fact.endedat(),
        fact.exitcode(),
        fact.signal(),
        fact.reason(),
        false);
  }

  /** Its agent is lost, and so is its end, unless that agent comes back and tells. */
  RunRow presumedLost(Instant now, String why) {
    return new RunRow(
        runid,
        jobid,
        version,
        agentkey,
        RunState.LOST,
        trigger,
        attempt,
        fireat,
        grantedat,
        startedat,
        now,
        null,
        null,
        why,
        true);
  }

  /**
   * Whether a state may follow in the words of its agent, now or after others that were not
   * reported: an agent that crashes between a start and its report tells only of the end. What was
   * presumed gives way to the truth.
   */
  boolean mayBecome(RunState next) {
    return presumed ? next.terminal() : reaches(state, next);
  }

  private static boolean reaches(RunState from, RunState to) {
    return from.successors().contains(to)
        || from.successors().stream().anyMatch(step -> reaches(step, to));
  }

  static RunRow map(ResultSet row) throws SQLException {
    String runid = row.getString("runid");
    return new RunRow(
        runid,
        row.getString("jobid"),
        row.getLong("version"),
        row.getString("agentkey"),
        word(RunState.class, row.getString("state"), runid),
        word(Trigger.class, row.getString("cause"), runid),
        row.getInt("attempt"),
        Columns.instantOrNull(row, "fireat"),
        Columns.instant(row, "grantedat"),
        Columns.instantOrNull(row, "startedat"),
        Columns.instantOrNull(row, "endedat"),
        Columns.intOrNull(row, "exitcode"),
        Columns.intOrNull(row, "signal"),
        row.getString("reason"),
        row.getInt("presumed") == 1);
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word, String runid) {
    try {
      return Enum.valueOf(type, word);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "run %s in the store has the %s \"%s\", which this program does not know"
              .formatted(runid, type.getSimpleName().toLowerCase(Locale.ROOT), word),
          e);
    }
  }
}
