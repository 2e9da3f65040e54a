package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** What people ask for. Not thread-safe. */
final class Requests {
  private static final int REMEMBERED = 1000;

  private final Map<String, Plan> plans;
  private final Lanes lanes;
  private final Firing firing;
  private final SequencedSet<String> byHand = new LinkedHashSet<>();

  Requests(Map<String, Plan> plans, Lanes lanes, Firing firing) {
    this.plans = plans;
    this.lanes = lanes;
    this.firing = firing;
  }

  Reply start(String jobId, String runId, Instant now) {
    Plan plan = plans.get(jobId);
    if (plan == null) {
      return new Reply.UnknownJob();
    }
    if (byHand.contains(runId) || lanes.find(runId) != null) {
      return new Reply.Accepted(Effects.NONE);
    }
    Optional<OpenRun> open = lanes.of(jobId).first();
    if (open.isPresent()) {
      return new Reply.Going(open.get().runid());
    }
    Readiness readiness = plan.readiness();
    if (readiness.state() == Readiness.State.UNAVAILABLE) {
      return new Reply.Refused("package-missing", readiness.reason());
    }
    remember(runId);
    Draft draft = new Draft();
    firing.byHand(plan.job(), runId, !readiness.ready(), now, draft);
    return new Reply.Accepted(draft.effects());
  }

  private void remember(String runId) {
    byHand.addLast(runId);
    if (byHand.size() > REMEMBERED) {
      byHand.removeFirst();
    }
  }

  /** These runs have not come into being after all, and may be asked for again. */
  void forget(List<RunOrder> orders) {
    orders.forEach(order -> byHand.remove(order.run().runid()));
  }

  Reply stop(String jobId, @Nullable String runId, Instant now) {
    Plan plan = plans.get(jobId);
    Lane lane = lanes.of(jobId);
    if (plan == null && lane.isEmpty()) {
      return new Reply.UnknownJob();
    }
    Draft draft = new Draft();
    String reason = "stopped on request";
    for (OpenRun run : List.copyOf(lane.queue())) {
      if (runId == null || runId.equals(run.runid())) {
        lanes.cancel(run, reason, now, draft);
      }
    }
    for (OpenRun run : List.copyOf(lane.going().values())) {
      if (runId == null || runId.equals(run.runid())) {
        lanes.stop(run, RunState.STOPPED, reason, draft);
      }
    }
    if (plan != null && draft.effects().isEmpty()) {
      draft.fact(new Fact.Fault(jobId, plan.job().version(), plan.fault()));
    }
    return new Reply.Accepted(draft.effects());
  }
}
