package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.schedule.Cases.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

final class AgainstNaiveModelTest {
  @Property(tries = 600, seed = "2018", shrinking = ShrinkingMode.OFF)
  void windows_by_the_minute_agree(@ForAll("windowsByMinute") Case any) {
    agree(any);
  }

  @Property(tries = 40, seed = "2018", shrinking = ShrinkingMode.OFF)
  void windows_by_the_second_agree(@ForAll("windowsBySecond") Case any) {
    agree(any);
  }

  @Property(tries = 1_500, seed = "2018", shrinking = ShrinkingMode.OFF)
  void days_weeks_and_months_agree(@ForAll("calendars") Case any) {
    agree(any);
  }

  @Property(tries = 600, seed = "2018", shrinking = ShrinkingMode.OFF)
  void cron_by_the_minute_agrees(@ForAll("cronByMinute") Case any) {
    agree(any);
  }

  @Property(tries = 40, seed = "2018", shrinking = ShrinkingMode.OFF)
  void cron_by_the_second_agrees(@ForAll("cronBySecond") Case any) {
    agree(any);
  }

  @Provide
  Arbitrary<Case> windowsByMinute() {
    return Arbitraries.randomValue(r -> new Cases(r).next(2 + r.nextInt(2), false));
  }

  @Provide
  Arbitrary<Case> windowsBySecond() {
    return Arbitraries.randomValue(r -> new Cases(r).next(1, true));
  }

  @Provide
  Arbitrary<Case> calendars() {
    return Arbitraries.randomValue(r -> new Cases(r).next(4 + r.nextInt(3), false));
  }

  @Provide
  Arbitrary<Case> cronByMinute() {
    return Arbitraries.randomValue(r -> new Cases(r).next(7, false));
  }

  @Provide
  Arbitrary<Case> cronBySecond() {
    return Arbitraries.randomValue(r -> new Cases(r).next(7, true));
  }

  /** A refused definition must never be due in the model, a valid one exactly when the model is. */
  private static void agree(Case any) {
    Compiled compiled = Schedules.compile(any.definition(), any.zone());
    boolean endBeforeStart =
        compiled instanceof Compiled.Invalid invalid
            && invalid.problems().stream().anyMatch(p -> p.field().startsWith("end"));
    NavigableSet<Instant> expected =
        endBeforeStart && any.definition().turnmode() <= 3
            ? Collections.emptyNavigableSet()
            : new NaiveModel(any.definition(), any.zone(), any.tick())
                .fireTimes(any.from(), any.to());
    switch (compiled) {
      case Compiled.Invalid invalid -> assertThat(expected).as(invalid.toString()).isEmpty();
      case Compiled.Valid valid -> agree(valid.schedule(), expected, any);
    }
  }

  private static void agree(Schedule schedule, NavigableSet<Instant> expected, Case any) {
    List<Instant> found = new ArrayList<>();
    Instant before = any.from().minusNanos(1);
    Optional<Instant> next = schedule.next(before);
    while (next.isPresent() && next.orElseThrow().isBefore(any.to())) {
      assertThat(next.orElseThrow()).isAfter(before);
      before = next.orElseThrow();
      found.add(before);
      next = schedule.next(before);
    }
    assertThat(found).containsExactlyElementsOf(expected);

    long step = Duration.between(any.from(), any.to()).toNanos() / 53;
    for (int i = 0; i < 53; i++) {
      Instant after = any.from().plusNanos(step * i);
      Instant answer = schedule.next(after).filter(t -> t.isBefore(any.to())).orElse(null);
      assertThat(answer).isEqualTo(expected.higher(after));
    }
  }
}
