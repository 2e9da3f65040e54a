package io.cloudtask.center.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.store.UnsettledRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LostSpansTest {
  private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
  private static final String JOB = "399d4b159c65c9b34d2a3c41";
  private static final UnsettledRow ROW = row(GapReason.AGENT_LOST);

  private static Instant at(int minutes) {
    return T.plusSeconds(60L * minutes);
  }

  private static UnsettledRow row(GapReason reason) {
    return new UnsettledRow(JOB, 3, "k", at(0), at(10), at(9), reason);
  }

  private static LostSpans.Rule rule(long version, int effective, String cron) {
    return new LostSpans.Rule(version, Definitions.cron(true, cron), at(effective), ZoneOffset.UTC);
  }

  private static Fact.Gap gap(long version, int first, int last, int after) {
    return new Fact.Gap(
        JOB, version, at(first), at(last), last - first + 1, GapReason.AGENT_LOST, at(after));
  }

  private static List<Fact.Gap> decide(Set<Instant> answered, LostSpans.Rule... rules) {
    return LostSpans.decide(ROW, List.of(rules), answered::contains);
  }

  @Test
  void all_that_was_due_in_the_range_is_one_gap() {
    assertThat(decide(Set.of(), rule(1, -60, "* * * * *"))).containsExactly(gap(1, 1, 10, 0));
  }

  @Test
  void what_ran_and_was_told_divides_it() {
    assertThat(decide(Set.of(at(4), at(5), at(10)), rule(1, -60, "* * * * *")))
        .containsExactly(gap(1, 1, 3, 0), gap(1, 6, 9, 5));
  }

  @Test
  void each_version_answers_for_its_own_time() {
    assertThat(
            decide(
                Set.of(),
                rule(1, -60, "* * * * *"),
                rule(2, 4, "0 0 1 1 *"),
                rule(3, 7, "* * * * *")))
        .containsExactly(gap(1, 1, 4, 0), gap(3, 8, 10, 7));
  }

  @Test
  void what_the_agent_had_no_more_was_due_with_nobody() {
    assertThat(
            LostSpans.decide(
                row(GapReason.NO_AGENT), List.of(rule(1, -60, "* * * * *")), at -> false))
        .extracting(Fact.Gap::reason)
        .containsExactly(GapReason.NO_AGENT);
  }

  @Test
  void nothing_was_due() {
    assertThat(decide(Set.of(), rule(1, -60, "0 0 1 1 *"))).isEmpty();
    assertThat(decide(Set.of())).isEmpty();
  }
}
