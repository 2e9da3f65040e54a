package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.exchange.AssignedJob;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Makes up for fire times that may have been lost with the agent that owned them: the newest of
 * them, as many as may wait, one after the other. They are not this span's, so nothing is accounted
 * for: what is not run here is answered by their owner when it comes back, or else by a center. Not
 * thread-safe.
 */
final class Redoing {
  private final Lanes lanes;
  private final Firing firing;

  Redoing(Lanes lanes, Firing firing) {
    this.lanes = lanes;
    this.firing = firing;
  }

  void advance(Plan plan, Instant now, Draft draft) {
    boolean due = !now.isBefore(plan.job().from());
    if (!due || !plan.owesRedo() || !plan.readiness().ready() || !lanes.of(plan.id()).hasRoom()) {
      return;
    }
    AssignedJob job = plan.job();
    if (job.definition().guarantee() == Guarantee.CLAIMED) {
      claimed(plan, now, draft);
    } else {
      int attempt = Math.toIntExact(job.span());
      again(plan, lost(plan, now), attempt, now, draft);
    }
  }

  private void claimed(Plan plan, Instant now, Draft draft) {
    Round round = plan.redoRound();
    if (round == null || (round.over(now) && !round.complete())) {
      List<Instant> lost = lost(plan, now);
      Round next = Round.of(plan.job(), lost, now);
      plan.askToRedo(next);
      lost.forEach(at -> draft.claim(new ClaimOrder(plan.id(), at)));
      round = next;
    }
    if (round.complete()) {
      List<Instant> granted = new ArrayList<>(round.startable());
      Round done = round;
      granted.removeIf(at -> done.claim(at) != Round.Claim.GRANTED);
      again(plan, granted, Firing.FIRST_ATTEMPT, now, draft);
    }
  }

  private void again(Plan plan, List<Instant> instants, int attempt, Instant now, Draft draft) {
    instants.forEach(at -> firing.again(plan, at, attempt, now, draft));
    plan.redone(true);
    draft.record(new Entry.Redone(plan.id(), plan.job().span()));
  }

  private List<Instant> lost(Plan plan, Instant now) {
    AssignedJob job = plan.job();
    long deadline = job.definition().startdeadline();
    int room = lanes.of(plan.id()).room();
    Deque<Instant> newest = new ArrayDeque<>();
    Optional<Instant> next = Optional.ofNullable(job.redo()).flatMap(plan.calendar()::next);
    while (next.isPresent() && !next.get().isAfter(job.from())) {
      Instant at = next.get();
      if (deadline == 0 || !now.isAfter(at.plusSeconds(deadline))) {
        newest.addLast(at);
      }
      if (newest.size() > room) {
        newest.removeFirst();
      }
      next = plan.calendar().next(at);
    }
    return List.copyOf(newest);
  }

  /** When it has to be looked at again, unless something happens to the job before. */
  static Optional<Instant> nextLook(Plan plan, Instant now) {
    Round round = plan.redoRound();
    Instant next = round == null ? plan.job().from() : round.deadline();
    return Optional.of(next).filter(at -> plan.owesRedo() && at.isAfter(now));
  }
}
