package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That a search ends, and soon, shown by counting its steps. */
final class BoundedSearchTest {
  private static final ZoneTimeline BERLIN = ZoneTimeline.of(ZoneId.of("Europe/Berlin"));
  private static final long IN_2030 = 1_893_456_000L;

  private static LocalTimes counting(LocalTimes times, AtomicInteger steps) {
    return local -> {
      steps.incrementAndGet();
      return times.atOrAfter(local);
    };
  }

  private static LocalTimes cron(String text) {
    Problems problems = new Problems();
    CronExpression expression = new CronReader(problems).read(text);
    if (expression == null) {
      throw new IllegalArgumentException(problems.list().toString());
    }
    return expression.times(expression.monthDays());
  }

  @Test
  void times_that_exist_only_in_gaps_are_given_up_after_one_cycle_of_400_years() {
    AtomicInteger steps = new AtomicInteger();
    LocalTimes gaps = counting(cron("*/5 2 25-31 3 */7"), steps);

    assertThat(new ElapsedTimes(BERLIN, gaps, Bounds.from(IN_2030)).after(IN_2030))
        .isEqualTo(FireTimes.NEVER);
    assertThat(steps.get()).isLessThan(2 * 400 + 50);
  }

  @Test
  void a_rare_time_takes_few_steps_however_often_the_clock_changes_until_then() {
    AtomicInteger steps = new AtomicInteger();
    LocalTimes rare = counting(cron("* 0 */28 2 */7"), steps);
    long in2072 = LocalDate.of(2072, 3, 1).toEpochDay() * LocalTimes.DAY;

    assertThat(new ElapsedTimes(BERLIN, rare, Bounds.from(IN_2030)).after(in2072))
        .isNotEqualTo(FireTimes.NEVER);
    assertThat(steps.get()).isLessThan(4);
  }

  @Test
  void a_time_by_the_clock_is_looked_up_once() {
    AtomicInteger steps = new AtomicInteger();
    LocalTimes everySecond = counting(cron("* 30 2 * * *"), steps);
    long secondPassOfTheHour = 1_729_991_400L; // 2024-10-27T01:10Z, 02:10 for the second time

    new ClockTimes(BERLIN, everySecond, Bounds.from(0)).after(secondPassOfTheHour);

    assertThat(steps.get()).isEqualTo(1);
  }

  @Test
  void no_kind_of_month_is_away_for_more_than_40_years() {
    for (int leap = 0; leap <= 1; leap++) {
      int length = 28 + leap;
      for (int weekday = 0; weekday < 7; weekday++) {
        int first = weekday;
        MonthDays rare =
            new MonthDays((month, l, w) -> month == 2 && l == length && w == first ? 1 << 28 : 0);
        long day = rare.atOrAfter(LocalDate.of(1583, 1, 1).toEpochDay());
        long end = LocalDate.of(2400, 1, 1).toEpochDay();
        while (day < end) {
          long next = rare.atOrAfter(day + 1);
          assertThat(next - day).isBetween(365L, 40 * 366L);
          day = next;
        }
      }
    }
  }

  @Test
  void a_rule_without_any_day_answers_none() {
    MonthDays none = new MonthDays((month, length, weekday) -> 0);

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.atOrAfter(0)).isEqualTo(DayRule.NONE);
  }
}
