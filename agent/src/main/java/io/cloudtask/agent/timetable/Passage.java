package io.cloudtask.agent.timetable;

import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries one job forward to an instant: answers what is due, changes what is to change, and gives
 * back what is to be given back. While the gate is closed for it, only a span that is over anyway
 * is carried on, to its end. Not thread-safe.
 */
final class Passage {
  private final Lanes lanes;
  private final Openings openings;
  private final Accounts accounts;
  private final Answering answering;
  private final Redoing redoing;

  Passage(Lanes lanes, Openings openings, Accounts accounts, Answering answering, Redoing redoing) {
    this.lanes = lanes;
    this.openings = openings;
    this.accounts = accounts;
    this.answering = answering;
    this.redoing = redoing;
  }

  /** Returns up to when the job is settled here when its span has ended; null while it goes on. */
  @Nullable Instant advance(Plan plan, Instant now, Draft draft) {
    Plan.End end = plan.end();
    if (end != null) {
      return end(plan, end, now, draft);
    }
    boolean open = openings.open(plan);
    if (open) {
      redoing.advance(plan, now, draft);
      answer(plan, now, draft);
    } else {
      plan.forgetClaims();
    }
    reportFault(plan, draft);
    pump(plan, open, now, draft);
    return giveBack(plan, open, now, draft);
  }

  private void answer(Plan plan, Instant now, Draft draft) {
    AssignedJob next = plan.successor();
    if (next != null && !waitsForNext(plan, now)) {
      answering.change(plan, next, now, draft);
    } else if (!plan.readiness().holds(now)) {
      answering.settle(plan, now, draft);
    }
  }

  /** When it has to be looked at again, unless something happens to it before. */
  Optional<Instant> nextLook(Plan plan, Instant now) {
    if (plan.end() != null) {
      return Optional.of(now);
    }
    Optional<Instant> next = lanes.of(plan.id()).deadline();
    if (!openings.open(plan)) {
      return next;
    }
    next = earlier(next, Redoing.nextLook(plan, now));
    Round round = plan.round();
    return earlier(next, round == null ? nextAnswer(plan, now) : Optional.of(round.deadline()));
  }

  private static Optional<Instant> nextAnswer(Plan plan, Instant now) {
    Optional<Instant> next = Optional.empty();
    if (waitsForNext(plan, now)) {
      next = Optional.of(plan.nextReadiness().patienceEnds());
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

  /** Accounts for the span up to its end without starting anything more of it. */
  private @Nullable Instant end(Plan plan, Plan.End end, Instant now, Draft draft) {
    Instant settled = plan.settled();
    Instant until =
        switch (end) {
          case Plan.End.Absent _ -> later(now, settled);
          case Plan.End.Fenced fenced -> fenced.until();
          case Plan.End.Superseded _ -> settled;
        };
    Settlement settlement = accounts.settlement(plan, null, plan.readiness(), until);
    settlement.gaps().forEach(gap -> Firing.gap(plan, gap, draft));
    if (!settlement.complete()) {
      return null;
    }
    lanes.cancelQueue(plan.id(), "its job left this agent", now, draft);
    draft.fact(new Fact.Dropped(plan.id(), plan.job().span(), until));
    return later(until, settled);
  }

  /** A job that is asked back leaves at the first moment at which nothing of it goes on. */
  private @Nullable Instant giveBack(Plan plan, boolean open, Instant now, Draft draft) {
    boolean busy =
        !lanes.of(plan.id()).isEmpty() || (open && (plan.round() != null || plan.owesRedo()));
    if (!plan.recalled() || busy) {
      return null;
    }
    Instant settled = plan.settled();
    boolean allAnswered = plan.calendar().next(settled).filter(at -> !at.isAfter(now)).isEmpty();
    Instant at = allAnswered ? later(now, settled) : settled;
    draft.fact(new Fact.Dropped(plan.id(), plan.job().span(), at));
    return at;
  }

  private static void reportFault(Plan plan, Draft draft) {
    String fault = plan.freshFault();
    if (fault != null) {
      draft.fact(new Fact.Fault(plan.id(), plan.job().version(), fault));
    }
  }

  /** Gives the next waiting run its turn when nothing goes on. */
  private void pump(Plan plan, boolean open, Instant now, Draft draft) {
    Lane lane = lanes.of(plan.id());
    while (lane.going().isEmpty() && !lane.queue().isEmpty()) {
      boolean byHand = lane.queue().getFirst().granted().fireat() == null;
      if (!open && !byHand) {
        return;
      }
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

  /**
   * Stops what has gone on for as long after the end of the lease as its job lets it.
   *
   * @return when to look again; empty when nothing is to be stopped
   */
  Optional<Instant> disconnect(String jobId, @Nullable Plan plan, Instant now, Draft draft) {
    Duration cutOff = openings.cutOff();
    Lane lane = lanes.of(jobId);
    if (cutOff == null || lane.going().isEmpty()) {
      return Optional.empty();
    }
    AssignedJob job = plan == null ? lane.going().firstEntry().getValue().job() : plan.job();
    Integer seconds = job.definition().ondisconnect();
    if (seconds == null || job.sole()) {
      return Optional.empty();
    }
    Duration left = Duration.ofSeconds(seconds).minus(cutOff);
    if (left.isPositive()) {
      return Optional.of(now.plus(left));
    }
    String reason = "its agent was cut off for longer than its ondisconnect of " + seconds + " s";
    lanes.stopGoing(jobId, RunState.STOPPED, reason, draft);
    return Optional.empty();
  }

  static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
