package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes back runs that could not be journalled: their due instants become gaps, turns that were
 * given are given again later, and everything else is kept to be journalled. Used once.
 */
final class Retraction {
  private final Map<String, Plan> plans;
  private final Lanes lanes;
  private final Draft draft;
  private final Set<String> retracted = new HashSet<>();

  Retraction(Map<String, Plan> plans, Lanes lanes, Draft draft) {
    this.plans = plans;
    this.lanes = lanes;
    this.draft = draft;
  }

  void of(List<Entry> records) {
    for (Entry entry : records) {
      switch (entry) {
        case Entry.Happened(Fact.Granted granted) -> retract(granted);
        case Entry.Happened(Fact.Ended ended) when retracted.contains(ended.runid()) -> {}
        case Entry.Stopping order when retracted.contains(order.runid()) -> {}
        case Entry.Released released -> takeBack(released);
        case Entry.Redone done -> owe(done);
        default -> draft.record(entry);
      }
    }
  }

  private void owe(Entry.Redone done) {
    Plan plan = plans.get(done.jobid());
    if (plan != null && plan.job().span() == done.span()) {
      plan.redone(false);
    }
  }

  private void takeBack(Entry.Released released) {
    OpenRun run = lanes.find(released.runid());
    if (run != null) {
      lanes.unrelease(run);
    }
  }

  private void retract(Fact.Granted granted) {
    retracted.add(granted.runid());
    lanes.remove(granted.runid());
    Instant due = granted.fireat();
    Plan plan = plans.get(granted.jobid());
    boolean owed = due != null && plan != null && due.isAfter(plan.job().from());
    if (owed && plan != null && due != null && granted.after() != null) {
      draft.fact(
          new Fact.Gap(
              granted.jobid(),
              plan.accountable(due),
              due,
              due,
              1,
              GapReason.NOT_JOURNALLED,
              granted.after()));
    }
  }
}
