package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries one job forward to an instant: settles what is due, then changes what is to change. */
final class Passage {
  /** How many due instants one pass looks at; a longer past is settled pass by pass. */
  static final int SLICE = 50_000;

  private final Lanes lanes;
  private final Firing firing;
  private final ZoneId host;
  private final Instant floor;
  private final Instant startedAt;

  Passage(Lanes lanes, Firing firing, ZoneId host, Instant floor, Instant startedAt) {
    this.lanes = lanes;
    this.firing = firing;
    this.host = host;
    this.floor = floor;
    this.startedAt = startedAt;
  }

  /** Says whether the job is still held afterwards. */
  boolean advance(Plan plan, Instant now, Draft draft) {
    boolean stays = true;
    if (plan.changing() && !waitsForNext(plan, now)) {
      stays = change(plan, now, draft);
    } else if (!plan.readiness().holds(now)) {
      settle(plan, now, draft);
    }
    if (stays) {
      reportFault(plan, draft);
      pump(plan, now, draft);
    }
    return stays;
  }

  /** When it has to be looked at again. */
  Optional<Instant> nextLook(Plan plan, Instant now) {
    Optional<Instant> next = lanes.of(plan.id()).deadline();
    if (waitsForNext(plan, now)) {
      next = earlier(next, Optional.of(plan.nextReadiness().patienceEnds()));
    } else if (plan.changing()) {
      return Optional.of(now);
    }
    if (plan.readiness().holds(now)) {
      return earlier(next, Optional.of(plan.readiness().patienceEnds()));
    }
    Optional<Instant> due = plan.calendar().next(plan.settled());
    boolean held = due.isPresent() && !due.get().isAfter(now) && waitsForNext(plan, now);
    return held ? next : earlier(next, due);
  }

  private static boolean waitsForNext(Plan plan, Instant now) {
    AssignedJob next = plan.successor();
    return next != null && next.definition().enabled() && plan.nextReadiness().holds(now);
  }

  private void settle(Plan plan, Instant now, Draft draft) {
    Settlement settlement = settlement(plan, plan.job(), plan.readiness(), now);
    if (plan.changing() && !settlement.late().isEmpty()) {
      return; // What is made up for is run by the newest definition only, and that is on its way.
    }
    settlement.gaps().forEach(gap -> Firing.gap(plan, gap, draft));
    fire(plan, settlement, now, draft);
  }

  private void fire(Plan plan, Settlement settlement, Instant now, Draft draft) {
    for (Instant at : settlement.late()) {
      firing.fire(plan, new Firing.Due(at, Trigger.CATCHUP), now, draft);
    }
    for (Instant at : settlement.onTime()) {
      firing.fire(plan, new Firing.Due(at, Trigger.SCHEDULE), now, draft);
    }
  }

  /** Settles under the version that goes, then goes over; says whether the job is still held. */
  private boolean change(Plan plan, Instant now, Draft draft) {
    Settlement settlement = settlement(plan, plan.successor(), plan.nextReadiness(), now);
    settlement.gaps().forEach(gap -> Firing.gap(plan, gap, draft));
    if (!settlement.complete()) {
      return true;
    }
    // A clock that was set back must not give the new version what the old one has answered.
    Instant from = now.isAfter(plan.settled()) ? now : plan.settled();
    AssignedJob next = plan.successor();
    if (next == null) {
      lanes.cancelQueue(plan.id(), "its job left this agent", now, draft);
      draft.fact(new Fact.Dropped(plan.id(), plan.job().span(), from));
      return false;
    }
    if (next.span() != plan.job().span()) {
      draft.fact(new Fact.Dropped(plan.id(), plan.job().span(), from));
    }
    draft.record(new Entry.Took(next, from, host.getId()));
    plan.become(next, Calendar.of(next.definition(), host), from, host);
    fire(plan, settlement, now, draft);
    return true;
  }

  private Settlement settlement(
      Plan plan, @Nullable AssignedJob runner, Readiness readiness, Instant now) {
    Settlement.Policy policy =
        runner != null && runner.definition().enabled() && readiness.ready()
            ? Settlement.Policy.of(runner.definition(), lanes.of(plan.id()).room())
            : Settlement.Policy.NOTHING;
    Settlement.Past past =
        new Settlement.Past(
            floor, plan.job().assignedat(), instant -> reason(plan, readiness, instant));
    return Settlement.of(plan.calendar(), plan.settled(), now, policy, past, SLICE);
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
    return readiness.blocked(due) ? GapReason.PACKAGE_UNAVAILABLE : GapReason.LATE;
  }

  private static void reportFault(Plan plan, Draft draft) {
    String fault = plan.freshFault();
    if (fault != null) {
      draft.fact(new Fact.Fault(plan.id(), plan.job().version(), fault));
    }
  }

  /** Gives the next waiting run its turn when nothing goes on. */
  private void pump(Plan plan, Instant now, Draft draft) {
    Lane lane = lanes.of(plan.id());
    while (lane.going().isEmpty() && !lane.queue().isEmpty()) {
      boolean current = Readiness.same(lane.queue().getFirst().job(), plan.job());
      Readiness readiness = plan.readiness();
      if (!current || readiness.ready()) {
        lanes.release(lane, draft);
      } else if (readiness.holds(now)) {
        return;
      } else {
        String why = readiness.reason().isEmpty() ? "it is still on its way" : readiness.reason();
        lanes.cancel(lane.queue().getFirst(), "its package is not available: " + why, now, draft);
      }
    }
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }
}
