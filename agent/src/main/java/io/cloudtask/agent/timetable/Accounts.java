package io.cloudtask.agent.timetable;

import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.run.GapReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stretch of a job's time comes to, and why what has no run has none. Not thread-safe. */
final class Accounts {
  /** How many due instants one pass looks at; a longer past is settled pass by pass. */
  static final int SLICE = 50_000;

  private final Lanes lanes;
  private final Openings openings;
  private final Instant floor;
  private final Instant startedAt;

  /**
   * @param floor nothing up to it is ever started
   * @param startedAt up to then the agent was not running
   */
  Accounts(Lanes lanes, Openings openings, Instant floor, Instant startedAt) {
    this.lanes = lanes;
    this.openings = openings;
    this.floor = floor;
    this.startedAt = startedAt;
  }

  /**
   * Of what is due and not answered.
   *
   * @param runner by whose policies; null when nothing is to be run
   * @param readiness of the runner
   */
  Settlement settlement(
      Plan plan, @Nullable AssignedJob runner, Readiness readiness, Instant until) {
    Settlement.Policy policy =
        runner != null && runner.definition().enabled() && readiness.ready()
            ? Settlement.Policy.of(runner.definition(), lanes.of(plan.id()).room())
            : Settlement.Policy.NOTHING;
    Settlement.Past past = new Settlement.Past(floor, due -> reason(plan, readiness, due));
    return Settlement.of(plan.calendar(), plan.settled(), until, policy, past, SLICE);
  }

  private GapReason reason(Plan plan, Readiness readiness, Instant due) {
    if (!due.isAfter(floor)) {
      return GapReason.JOURNAL_DAMAGED;
    }
    if (!due.isAfter(plan.job().assignedat())) {
      return GapReason.NO_AGENT;
    }
    if (!due.isAfter(startedAt)) {
      return GapReason.AGENT_DOWN;
    }
    GapReason closed = openings.reason(plan, due);
    if (closed != null) {
      return closed;
    }
    if (plan.end() instanceof Plan.End.Fenced) {
      return GapReason.LEASE_LOST;
    }
    return readiness.blocked(due) ? GapReason.PACKAGE_UNAVAILABLE : GapReason.LATE;
  }
}
