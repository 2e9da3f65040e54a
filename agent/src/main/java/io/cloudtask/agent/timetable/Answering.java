package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is due of a job, by the version that is in force or by the next one. Where claims
 * are needed it takes two looks: in the first they are asked for, in the second, at the latest
 * after {@link Round#PATIENCE}, everything that was due at the first is answered. Not thread-safe.
 */
final class Answering {
  private final Firing firing;
  private final Accounts accounts;
  private final Calendars calendars;
  private final ZoneId host;

  Answering(Firing firing, Accounts accounts, Calendars calendars, ZoneId host) {
    this.firing = firing;
    this.accounts = accounts;
    this.calendars = calendars;
    this.host = host;
  }

  /** Answers by the version in force what is due by now. */
  void settle(Plan plan, Instant now, Draft draft) {
    Round round = plan.round();
    if (round != null) {
      finish(plan, round, now, draft);
      return;
    }
    AssignedJob job = plan.job();
    Settlement settlement = accounts.settlement(plan, job, plan.readiness(), now);
    if (plan.changing() && !settlement.late().isEmpty()) {
      return; // What is made up for is run by the newest definition only, and that is on its way.
    }
    settlement.gaps().forEach(gap -> Firing.gap(plan, gap, draft));
    if (!asks(plan, job, settlement, now, draft)) {
      fire(plan, settlement, null, now, draft);
    }
  }

  private void finish(Plan plan, Round round, Instant now, Draft draft) {
    if (round.over(now)) {
      plan.ask(null);
      fire(plan, round.settlement(), round, now, draft);
    }
  }

  /** Settles under the version that goes, then goes over to the next. */
  void change(Plan plan, AssignedJob next, Instant now, Draft draft) {
    Round round = plan.round();
    if (round != null && !round.runner().equals(next)) {
      finish(plan, round, now, draft);
      round = plan.round();
    }
    if (round == null) {
      Settlement settlement = accounts.settlement(plan, next, plan.nextReadiness(), now);
      settlement.gaps().forEach(gap -> Firing.gap(plan, gap, draft));
      if (settlement.complete() && !asks(plan, next, settlement, now, draft)) {
        become(plan, next, now, draft);
        fire(plan, settlement, null, now, draft);
      }
    } else if (round.over(now)) {
      become(plan, next, round.asked(), draft);
      fire(plan, round.settlement(), round, now, draft);
    }
  }

  /**
   * @param at when everything was settled that is due by the version that goes; a clock that was
   *     set back must not give the new version what the old one has answered
   */
  private void become(Plan plan, AssignedJob next, Instant at, Draft draft) {
    Instant from = at.isAfter(plan.settled()) ? at : plan.settled();
    plan.ask(null);
    draft.record(new Entry.Took(next, from, host.getId()));
    plan.become(next, calendars.of(next.definition(), host), from, host);
  }

  /** Whether claims had to be asked for first. */
  private boolean asks(
      Plan plan, AssignedJob runner, Settlement settlement, Instant now, Draft draft) {
    boolean needed =
        runner.definition().guarantee() == Guarantee.CLAIMED
            && !settlement.startable().isEmpty()
            && !(settlement.late().isEmpty() && firing.skips(plan, Trigger.SCHEDULE));
    if (needed) {
      Round round = new Round(runner, settlement, now);
      plan.ask(round);
      round.startable().forEach(at -> draft.claim(new ClaimOrder(plan.id(), at)));
    }
    return needed;
  }

  /**
   * @param round in which claims were asked for; null when none were needed
   */
  private void fire(
      Plan plan, Settlement settlement, @Nullable Round round, Instant now, Draft draft) {
    for (Instant at : settlement.late()) {
      fire(plan, new Firing.Due(at, Trigger.CATCHUP), round, now, draft);
    }
    for (Instant at : settlement.onTime()) {
      fire(plan, new Firing.Due(at, Trigger.SCHEDULE), round, now, draft);
    }
  }

  private void fire(Plan plan, Firing.Due due, @Nullable Round round, Instant now, Draft draft) {
    Round.Claim claim = round == null ? Round.Claim.GRANTED : round.claim(due.at());
    firing.fire(plan, due, claim, now, draft);
  }
}
