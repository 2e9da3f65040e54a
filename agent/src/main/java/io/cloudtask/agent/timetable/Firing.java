package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.Ids;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens when a job is due: a run now, a run later, or a gap. Not thread-safe. */
final class Firing {
  /**
   * A due instant, of the schedule in force now or of the one before; the run is one of the version
   * in force now.
   */
  record Due(Instant at, Trigger trigger) {}

  static final int FIRST_ATTEMPT = 1;

  private final Lanes lanes;

  Firing(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Answers one due instant. */
  void fire(Plan plan, Due due, Round.Claim claim, Instant now, Draft draft) {
    if (!plan.readiness().ready()) {
      gap(plan, due, GapReason.PACKAGE_UNAVAILABLE, draft);
    } else if (skips(plan, due.trigger())) {
      gap(plan, due, GapReason.OVERLAP, draft);
    } else {
      switch (claim) {
        case REFUSED -> gap(plan, due, GapReason.CLAIMED_ELSEWHERE, draft);
        case UNANSWERED -> gap(plan, due, GapReason.NO_CLAIM, draft);
        case GRANTED -> run(plan, due, now, draft);
      }
    }
  }

  /** Whether it is left out because a run of the job is going. */
  boolean skips(Plan plan, Trigger trigger) {
    return plan.job().definition().overlap() == Overlap.SKIP
        && !waits(plan, trigger)
        && !lanes.of(plan.id()).isEmpty();
  }

  /** Whether it waits its turn, whatever the job does with those that are on time. */
  private static boolean waits(Plan plan, Trigger trigger) {
    return trigger == Trigger.CATCHUP && plan.job().definition().missed() == Missed.ALL;
  }

  private void run(Plan plan, Due due, Instant now, Draft draft) {
    Lane lane = lanes.of(plan.id());
    if (lane.isEmpty()) {
      grant(plan, due, false, now, draft);
    } else if (waits(plan, due.trigger())) {
      queue(plan, lane, due, now, draft);
    } else {
      overlap(plan, lane, due, now, draft);
    }
  }

  private void overlap(Plan plan, Lane lane, Due due, Instant now, Draft draft) {
    Overlap overlap = plan.job().definition().overlap();
    switch (overlap) {
      case SKIP -> throw new IllegalStateException("skipped before");
      case QUEUE -> queue(plan, lane, due, now, draft);
      case PARALLEL -> grant(plan, due, false, now, draft);
      case REPLACE -> {
        String reason = "replaced by the run of " + due.at();
        lanes.stopGoing(plan.id(), RunState.STOPPED, reason, draft);
        lanes.cancelQueue(plan.id(), reason, now, draft);
        grant(plan, due, true, now, draft);
      }
    }
  }

  private void queue(Plan plan, Lane lane, Due due, Instant now, Draft draft) {
    if (lane.hasRoom()) {
      grant(plan, due, true, now, draft);
    } else {
      gap(plan, due, GapReason.QUEUE_FULL, draft);
    }
  }

  /** Promises a run that somebody asked for. */
  void byHand(AssignedJob job, String runId, boolean queued, Instant now, Draft draft) {
    Fact.Granted granted =
        new Fact.Granted(
            job.jobid(),
            runId,
            job.version(),
            null,
            now,
            FIRST_ATTEMPT,
            Trigger.MANUAL,
            queued,
            null);
    lanes.grant(open(job, granted), draft);
  }

  /** Runs what may have been lost with the agent that owned the instant. */
  void again(Plan plan, Instant at, int attempt, Instant now, Draft draft) {
    boolean queued = !lanes.of(plan.id()).isEmpty();
    grant(plan, new Due(at, Trigger.CATCHUP), attempt, queued, now, draft);
  }

  private void grant(Plan plan, Due due, boolean queued, Instant now, Draft draft) {
    grant(plan, due, FIRST_ATTEMPT, queued, now, draft);
    plan.answered(due.at());
  }

  private void grant(Plan plan, Due due, int attempt, boolean queued, Instant now, Draft draft) {
    AssignedJob job = plan.job();
    String runId = Ids.scheduledRunId(job.jobid(), due.at(), attempt);
    Fact.Granted granted =
        new Fact.Granted(
            job.jobid(),
            runId,
            job.version(),
            due.at(),
            now,
            attempt,
            due.trigger(),
            queued,
            plan.cursor());
    lanes.grant(open(job, granted), draft);
  }

  private static void gap(Plan plan, Due due, GapReason reason, Draft draft) {
    gap(plan, new Settlement.Stretch(due.at(), due.at(), 1, reason), draft);
  }

  /** Answers due instants that have no run. */
  static void gap(Plan plan, Settlement.Stretch stretch, Draft draft) {
    draft.fact(
        new Fact.Gap(
            plan.id(),
            plan.accountable(stretch.first()),
            stretch.first(),
            stretch.last(),
            stretch.count(),
            stretch.reason(),
            plan.cursor()));
    plan.answered(stretch.last());
  }

  private static OpenRun open(AssignedJob job, Fact.Granted granted) {
    Fact.@Nullable Started notYet = null;
    return new OpenRun(job, granted, !granted.queued(), notYet, null);
  }
}
