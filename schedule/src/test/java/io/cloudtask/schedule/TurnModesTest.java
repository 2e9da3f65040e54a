package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnModesTest {
  @Test
  void the_example_of_the_manual_fires_every_two_minutes() {
    Written manual =
        new Written(
            2, 2, "03/19/2018", "", "00:00", "23:59", "", new MonthlyOf(1, ""), null, null, null);

    assertThat(manual.next(2, "2018-01-01T00:00:00Z"))
        .containsExactly("2018-03-19T00:00Z", "2018-03-19T00:02Z");
    assertThat(manual.next(2, "2018-03-19T23:57:59.999Z"))
        .containsExactly("2018-03-19T23:58Z", "2018-03-20T00:00Z");
  }

  @Test
  void the_grid_of_a_window_restarts_every_day() {
    Written sevenMinutes = Written.mode(2, 7).between("08:00", "20:00");

    assertThat(sevenMinutes.next(4, "2020-05-01T19:40:00Z"))
        .containsExactly(
            "2020-05-01T19:47Z", "2020-05-01T19:54Z", "2020-05-02T08:00Z", "2020-05-02T08:07Z");
  }

  @Test
  void a_window_lasts_to_the_end_of_its_last_minute() {
    assertThat(Written.mode(1, 20).between("9:00", "9:00").next(4, "2020-05-01T00:00:00Z"))
        .containsExactly(
            "2020-05-01T09:00Z",
            "2020-05-01T09:00:20Z",
            "2020-05-01T09:00:40Z",
            "2020-05-02T09:00Z");
  }

  @Test
  void an_interval_longer_than_the_window_fires_once_a_day() {
    assertThat(Written.mode(3, 30).between("06:00", "10:00").next(2, "2020-05-01T00:00:00Z"))
        .containsExactly("2020-05-01T06:00Z", "2020-05-02T06:00Z");
  }

  @Test
  void a_window_that_crosses_midnight_belongs_to_the_day_on_which_it_begins() {
    Written night = Written.mode(3, 3).between("22:00", "06:00").crossingMidnight();

    assertThat(night.from("05/01/2020", "22:00").next(4, "2020-04-01T00:00:00Z"))
        .containsExactly(
            "2020-05-01T22:00Z", "2020-05-02T01:00Z", "2020-05-02T04:00Z", "2020-05-02T22:00Z");
    assertThat(
            night
                .from("05/01/2020", "22:00")
                .until("05/03/2020", "06:00")
                .next(9, "2020-05-02T03:59:59Z"))
        .containsExactly(
            "2020-05-02T04:00Z", "2020-05-02T22:00Z", "2020-05-03T01:00Z", "2020-05-03T04:00Z");
  }

  @Test
  void days_are_counted_from_the_start_date() {
    assertThat(Written.mode(4, 3).from("02/27/2020", "02:30").next(3, "2020-01-01T00:00:00Z"))
        .containsExactly("2020-02-27T02:30Z", "2020-03-01T02:30Z", "2020-03-04T02:30Z");
  }

  @Test
  void weeks_begin_on_sunday_and_are_counted_from_that_of_the_start_date() {
    // 2020-01-01 is a Wednesday: its week has no Monday left, the third week has.
    Written everySecond = Written.mode(5, 2).from("01/01/2020", "09:00").select("1,5,0");

    assertThat(everySecond.next(5, "2019-01-01T00:00:00Z"))
        .containsExactly(
            "2020-01-03T09:00Z",
            "2020-01-12T09:00Z",
            "2020-01-13T09:00Z",
            "2020-01-17T09:00Z",
            "2020-01-26T09:00Z");
  }

  @Test
  void a_day_that_a_month_lacks_is_skipped_in_that_month() {
    Written last = Written.mode(6, 1).at("12:00").select("1,2,3,4");

    assertThat(last.on(31, "").next(3, "2020-01-01T00:00:00Z"))
        .containsExactly("2020-01-31T12:00Z", "2020-03-31T12:00Z", "2021-01-31T12:00Z");
    assertThat(last.on(29, "").select("2").next(2, "2020-03-01T00:00:00Z"))
        .containsExactly("2024-02-29T12:00Z", "2028-02-29T12:00Z");
  }

  @Test
  void days_of_a_month_are_counted_from_its_end_when_negative() {
    Written endOf = Written.mode(6, 1).at("12:00").select("2,4");

    assertThat(endOf.on(-1, "").next(3, "2020-01-01T00:00:00Z"))
        .containsExactly("2020-02-29T12:00Z", "2020-04-30T12:00Z", "2021-02-28T12:00Z");
    assertThat(endOf.on(-30, "").next(2, "2020-01-01T00:00:00Z"))
        .containsExactly("2020-04-01T12:00Z", "2021-04-01T12:00Z");
  }

  @Test
  void a_weekday_of_a_month_is_the_nth_or_the_last() {
    Written monthly = Written.mode(6, 1).at("12:00").select("1,2,3,4,5,6,7,8,9,10,11,12");

    assertThat(monthly.on(0, "0:5").next(2, "2020-05-01T00:00:00Z"))
        .containsExactly("2020-05-29T12:00Z", "2020-06-26T12:00Z");
    assertThat(monthly.on(0, "2:2").next(2, "2020-05-01T00:00:00Z"))
        .containsExactly("2020-05-12T12:00Z", "2020-06-09T12:00Z");
    assertThat(monthly.on(0, "5:0").next(2, "2020-04-01T00:00:00Z"))
        .containsExactly("2020-05-31T12:00Z", "2020-08-30T12:00Z");
  }

  @Test
  void the_fifth_weekday_of_february_comes_after_decades() {
    assertThat(
            Written.mode(6, 1).at("12:00").select("2").on(0, "5:0").next(3, "2080-01-01T00:00:00Z"))
        .containsExactly("2088-02-29T12:00Z", "2128-02-29T12:00Z", "2156-02-29T12:00Z");
  }

  @Test
  void nothing_fires_after_the_end() {
    Written daily = Written.mode(4, 1).at("10:00");

    assertThat(daily.until("01/02/2018", "").next(9, "2018-01-01T00:00:00Z"))
        .containsExactly("2018-01-01T10:00Z", "2018-01-02T10:00Z");
    assertThat(daily.until("01/03/2018", "09:59").next(9, "2018-01-01T00:00:00Z"))
        .containsExactly("2018-01-01T10:00Z", "2018-01-02T10:00Z");
    assertThat(Written.mode(3, 8).until("01/01/2018", "").next(9, "2018-01-01T00:00:00Z"))
        .containsExactly("2018-01-01T08:00Z", "2018-01-01T16:00Z");
  }

  @Test
  void any_instant_may_be_asked() {
    Schedule daily = Written.mode(4, 1).at("10:00").schedule();

    assertThat(daily.next(Instant.MIN)).contains(Instant.parse("2018-01-01T10:00:00Z"));
    assertThat(daily.next(Instant.MAX)).isEmpty();
    assertThat(daily.next(Instant.parse("9999-12-31T09:59:59.5Z")))
        .contains(Instant.parse("9999-12-31T10:00:00Z"));
    assertThat(daily.next(Instant.parse("9999-12-31T10:00:00Z"))).isEmpty();
  }

  @Test
  void a_union_is_due_when_any_part_is_and_once_when_two_are() {
    Schedule two = Written.mode(2, 2).schedule();
    Schedule three = Written.mode(2, 3).until("01/01/2018", "00:10").schedule();
    Schedule union = Schedules.union(List.of(three, two), ZoneId.of("UTC"));

    Instant instant = Instant.parse("2018-01-01T00:02:00Z");
    assertThat(union.next(instant)).contains(instant.plusSeconds(60));
    assertThat(union.next(instant.plusSeconds(60))).contains(instant.plusSeconds(120));
    assertThat(union.next(instant.plusSeconds(180))).contains(instant.plusSeconds(240));
    assertThat(union.next(instant.plusSeconds(240))).contains(instant.plusSeconds(360));
    assertThat(union.next(instant.plusSeconds(7 * 60))).contains(instant.plusSeconds(8 * 60));
    assertThat(Schedules.union(List.of(), ZoneId.of("UTC")).next(instant)).isEmpty();
  }
}
