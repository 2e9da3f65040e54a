package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules for local times that do not exist, or exist twice, zone by zone. */
final class ClockChangesTest {
  private static final String SPRING_BERLIN = "2024-03-30T12:00:00Z";
  private static final String AUTUMN_BERLIN = "2024-10-26T12:00:00Z";

  @Test
  void a_time_in_a_gap_fires_at_the_first_instant_after_it() {
    assertThat(Written.mode(4, 1).at("02:30").zone("Europe/Berlin").next(2, SPRING_BERLIN))
        .containsExactly("2024-03-31T03:00+02:00", "2024-04-01T02:30+02:00");
    assertThat(Written.cron("30 2 * * *").zone("Europe/Berlin").next(2, SPRING_BERLIN))
        .containsExactly("2024-03-31T03:00+02:00", "2024-04-01T02:30+02:00");
  }

  @Test
  void all_times_in_one_gap_fire_once() {
    assertThat(Written.cron("0,20,40 2,3 * * *").zone("Europe/Berlin").next(4, SPRING_BERLIN))
        .containsExactly(
            "2024-03-31T03:00+02:00",
            "2024-03-31T03:20+02:00",
            "2024-03-31T03:40+02:00",
            "2024-04-01T02:00+02:00");
  }

  @Test
  void a_time_that_comes_twice_fires_the_first_time() {
    assertThat(Written.mode(4, 1).at("02:30").zone("Europe/Berlin").next(2, AUTUMN_BERLIN))
        .containsExactly("2024-10-27T02:30+02:00", "2024-10-28T02:30+01:00");
    assertThat(Written.cron("30 1,2 * * *").zone("Europe/Berlin").next(3, AUTUMN_BERLIN))
        .containsExactly(
            "2024-10-27T01:30+02:00", "2024-10-27T02:30+02:00", "2024-10-28T01:30+01:00");
  }

  @Test
  void asked_in_the_second_pass_a_time_of_the_first_is_over() {
    // 00:15Z is 02:15 in the first pass, 01:15Z is 02:15 in the second.
    Written daily = Written.mode(4, 1).at("02:30").zone("Europe/Berlin");

    assertThat(daily.next(1, "2024-10-27T00:15:00Z")).containsExactly("2024-10-27T02:30+02:00");
    assertThat(daily.next(1, "2024-10-27T01:15:00Z")).containsExactly("2024-10-28T02:30+01:00");
  }

  @Test
  void cron_with_an_open_hour_or_minute_runs_by_elapsed_time() {
    assertThat(Written.cron("30 * * * *").zone("Europe/Berlin").next(3, "2024-03-31T00:00:00Z"))
        .containsExactly(
            "2024-03-31T01:30+01:00", "2024-03-31T03:30+02:00", "2024-03-31T04:30+02:00");
    assertThat(Written.cron("30 * * * *").zone("Europe/Berlin").next(3, "2024-10-27T00:00:00Z"))
        .containsExactly(
            "2024-10-27T02:30+02:00", "2024-10-27T02:30+01:00", "2024-10-27T03:30+01:00");
    assertThat(Written.cron("*/30 2 * * *").zone("Europe/Berlin").next(2, SPRING_BERLIN))
        .containsExactly("2024-04-01T02:00+02:00", "2024-04-01T02:30+02:00");
    assertThat(Written.cron("*/30 2 * * *").zone("Europe/Berlin").next(5, AUTUMN_BERLIN))
        .containsExactly(
            "2024-10-27T02:00+02:00",
            "2024-10-27T02:30+02:00",
            "2024-10-27T02:00+01:00",
            "2024-10-27T02:30+01:00",
            "2024-10-28T02:00+01:00");
  }

  @Test
  void the_second_pass_counts_even_if_the_expression_comes_once_a_year() {
    Written oneNight = Written.cron("*/30 2 27 10 *").zone("Europe/Berlin");

    assertThat(oneNight.next(3, "2024-10-27T00:30:00Z"))
        .containsExactly(
            "2024-10-27T02:00+01:00", "2024-10-27T02:30+01:00", "2025-10-27T02:00+01:00");
    assertThat(oneNight.until("10/27/2024", "03:00").next(3, "2024-10-27T00:30:00Z"))
        .containsExactly("2024-10-27T02:00+01:00", "2024-10-27T02:30+01:00");
  }

  @Test
  void a_day_just_before_a_change_of_the_clock_is_not_passed_over() {
    assertThat(Written.cron("0 */12 30 3 *").zone("Europe/Berlin").next(2, "2023-06-01T00:00:00Z"))
        .containsExactly("2024-03-30T00:00+01:00", "2024-03-30T12:00+01:00");
  }

  @Test
  void intervals_count_elapsed_time_from_the_first_instant_of_the_window() {
    Written everyTwoHours = Written.mode(3, 2).zone("America/New_York");

    assertThat(everyTwoHours.next(3, "2024-03-10T04:59:59Z"))
        .containsExactly(
            "2024-03-10T00:00-05:00", "2024-03-10T03:00-04:00", "2024-03-10T05:00-04:00");
    assertThat(everyTwoHours.next(4, "2024-11-03T03:59:59Z"))
        .containsExactly(
            "2024-11-03T00:00-04:00",
            "2024-11-03T01:00-05:00",
            "2024-11-03T03:00-05:00",
            "2024-11-03T05:00-05:00");
  }

  @Test
  void a_window_that_begins_in_a_gap_begins_after_it() {
    Written window = Written.mode(2, 20).between("02:30", "03:59").zone("America/New_York");

    assertThat(window.next(4, "2024-03-10T05:00:00Z"))
        .containsExactly(
            "2024-03-10T03:00-04:00",
            "2024-03-10T03:20-04:00",
            "2024-03-10T03:40-04:00",
            "2024-03-11T02:30-04:00");
  }

  @Test
  void a_window_inside_a_gap_has_no_fire_time_that_day() {
    assertThat(
            Written.mode(2, 20)
                .between("02:00", "02:59")
                .zone("America/New_York")
                .next(1, "2024-03-10T05:00:00Z"))
        .containsExactly("2024-03-11T02:00-04:00");
  }

  @Test
  void a_window_that_ends_while_the_clock_repeats_itself_comes_in_two_parts() {
    assertThat(
            Written.mode(2, 15)
                .between("01:00", "01:20")
                .zone("America/New_York")
                .next(5, "2024-11-03T04:00:00Z"))
        .containsExactly(
            "2024-11-03T01:00-04:00",
            "2024-11-03T01:15-04:00",
            "2024-11-03T01:00-05:00",
            "2024-11-03T01:15-05:00",
            "2024-11-04T01:00-05:00");
  }

  @Test
  void a_window_whose_end_has_passed_goes_on_when_the_clock_goes_back_to_before_it() {
    // Troll goes back from 03:00 to 01:00.
    Written night =
        Written.mode(2, 30)
            .between("02:00", "01:10")
            .crossingMidnight()
            .until("10/29/2028", "01:10")
            .zone("Antarctica/Troll");

    assertThat(night.next(9, "2028-10-28T22:59:00Z"))
        .containsExactly("2028-10-29T01:00+02:00", "2028-10-29T01:00Z");
  }

  @Test
  void lord_howe_changes_its_clock_by_half_an_hour() {
    Written daily = Written.mode(4, 1).at("02:10").zone("Australia/Lord_Howe");

    assertThat(daily.next(2, "2024-10-05T00:00:00Z"))
        .containsExactly("2024-10-06T02:30+11:00", "2024-10-07T02:10+11:00");
    assertThat(
            Written.cron("*/15 1 * * *")
                .zone("Australia/Lord_Howe")
                .next(6, "2024-04-06T12:00:00Z"))
        .containsExactly(
            "2024-04-07T01:00+11:00",
            "2024-04-07T01:15+11:00",
            "2024-04-07T01:30+11:00",
            "2024-04-07T01:45+11:00",
            "2024-04-07T01:30+10:30",
            "2024-04-07T01:45+10:30");
  }

  @Test
  void casablanca_goes_back_for_ramadan() {
    Written daily = Written.mode(4, 1).at("02:30").zone("Africa/Casablanca");

    assertThat(daily.next(2, "2024-03-09T12:00:00Z"))
        .containsExactly("2024-03-10T02:30+01:00", "2024-03-11T02:30Z");
    assertThat(daily.next(2, "2024-04-13T12:00:00Z"))
        .containsExactly("2024-04-14T03:00+01:00", "2024-04-15T02:30+01:00");
  }

  @Test
  void kathmandu_keeps_its_quarters() {
    assertThat(Written.mode(4, 1).at("02:30").zone("Asia/Kathmandu").next(1, SPRING_BERLIN))
        .containsExactly("2024-03-31T02:30+05:45");
  }

  @Test
  void the_day_that_apia_skipped_fires_when_the_next_begins() {
    Written daily = Written.mode(4, 1).from("01/01/2011", "09:00").zone("Pacific/Apia");
    assertThat(daily.next(3, "2011-12-29T00:00:00Z"))
        .containsExactly(
            "2011-12-29T09:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T09:00+14:00");

    Written everySixHours = Written.mode(3, 6).from("01/01/2011", "00:00").zone("Pacific/Apia");
    assertThat(everySixHours.next(3, "2011-12-30T03:00:00Z"))
        .containsExactly(
            "2011-12-29T18:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T06:00+14:00");
  }

  @Test
  void a_day_without_midnight_begins_later() {
    Written midnight = Written.mode(4, 1).from("01/01/2017", "00:00").zone("America/Sao_Paulo");

    assertThat(midnight.next(2, "2018-11-03T12:00:00Z"))
        .containsExactly("2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00");
    assertThat(Written.mode(3, 5).zone("America/Sao_Paulo").next(2, "2018-11-04T02:00:00Z"))
        .containsExactly("2018-11-04T01:00-02:00", "2018-11-04T06:00-02:00");
  }

  @Test
  void rules_of_today_hold_in_the_far_future() {
    assertThat(Written.mode(4, 1).at("02:30").zone("Europe/Berlin").next(1, "9999-03-27T12:00:00Z"))
        .containsExactly("9999-03-28T03:00+02:00");
  }
}
