package io.cloudtask.center.runs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.Ledger.InForce;
import io.cloudtask.store.Tx;
import io.cloudtask.store.UnsettledRow;
import io.cloudtask.store.VersionRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Closes the books on fire times that a dead agent owned and of which nobody knows whether they
 * ran: after a long wait they count as missed, because the agent was lost, or for the reason that
 * the row gives. What the agent tells after all replaces the guess.
 */
public final class LostSpans {
  private static final int MOST_GAPS = 10_000;

  /**
   * A version that decides.
   *
   * @param effective fire times after it follow the version, until the next one does
   * @param host zone of schedules and jobs that name none
   */
  record Rule(long version, JobDefinition definition, Instant effective, ZoneId host) {}

  private LostSpans() {}

  /**
   * Closes a range.
   *
   * @param zone of schedules and jobs that name none, when the agent never said in which it was
   * @return false when it was settled meanwhile
   */
  public static boolean close(Tx tx, UnsettledRow row, ZoneId zone) {
    String jobid = row.jobid();
    Instant first = row.from().plusMillis(1);
    Set<Instant> ran = new HashSet<>(tx.ledger().ran(jobid, first, row.to()));
    List<GapRow> told =
        tx.ledger().gaps(jobid, first, row.to(), MOST_GAPS).stream()
            .filter(gap -> gap.reason() != GapReason.CLAIMED_ELSEWHERE)
            .toList();
    Predicate<Instant> answered =
        at -> ran.contains(at) || told.stream().anyMatch(gap -> covers(gap, at));
    return tx.ledger().lost(row, decide(row, rules(tx, row, zone), answered));
  }

  private static boolean covers(GapRow gap, Instant at) {
    return !at.isBefore(gap.first()) && !at.isAfter(gap.last());
  }

  /** Those that decide about (from, to], the earliest first. */
  private static List<Rule> rules(Tx tx, UnsettledRow row, ZoneId zone) {
    Deque<Rule> rules = new ArrayDeque<>();
    Instant until = row.to();
    while (until.isAfter(row.from())) {
      Optional<Rule> rule = rule(tx, row.jobid(), until, zone);
      if (rule.isEmpty()) {
        break;
      }
      rules.addFirst(rule.get());
      until = rule.get().effective();
    }
    return List.copyOf(rules);
  }

  private static Optional<Rule> rule(Tx tx, String jobid, Instant at, ZoneId zone) {
    Optional<InForce> taken = tx.ledger().inForce(jobid, at);
    if (taken.isPresent()) {
      InForce rule = taken.get();
      ZoneId host = WhyReader.zone(rule.zone()).orElse(zone);
      return tx.jobs()
          .version(jobid, rule.version())
          .map(version -> rule(version, rule.effective(), host));
    }
    return tx.jobs().versionAt(jobid, at).map(version -> rule(version, Instant.EPOCH, zone));
  }

  private static Rule rule(VersionRow version, Instant effective, ZoneId host) {
    return new Rule(version.version(), version.definition(), effective, host);
  }

  /** Pure: what was due in the range and has no answer, as few gaps as there can be. */
  static List<Fact.Gap> decide(UnsettledRow row, List<Rule> rules, Predicate<Instant> answered) {
    List<Fact.Gap> gaps = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      Instant from = rule.effective().isAfter(row.from()) ? rule.effective() : row.from();
      Instant to = i + 1 < rules.size() ? rules.get(i + 1).effective() : row.to();
      collect(row, rule, from, to, answered, gaps);
    }
    return gaps;
  }

  private static void collect(
      UnsettledRow row,
      Rule rule,
      Instant from,
      Instant to,
      Predicate<Instant> answered,
      List<Fact.Gap> gaps) {
    JobSchedule schedule = JobSchedule.of(rule.definition(), rule.host());
    Fact.@Nullable Gap open = null;
    Instant after = from;
    Optional<Instant> due = schedule.due().next(from);
    while (due.isPresent() && !due.get().isAfter(to)) {
      Instant at = due.get();
      if (!answered.test(at)) {
        open = extended(open, row, rule.version(), at, after);
      } else if (open != null) {
        gaps.add(open);
        open = null;
      }
      after = at;
      due = schedule.due().next(at);
    }
    if (open != null) {
      gaps.add(open);
    }
  }

  private static Fact.Gap extended(
      Fact.@Nullable Gap open, UnsettledRow row, long version, Instant at, Instant after) {
    return open == null
        ? new Fact.Gap(row.jobid(), version, at, at, 1, row.reason(), after)
        : new Fact.Gap(
            row.jobid(), version, open.first(), at, open.count() + 1, row.reason(), open.after());
  }
}
