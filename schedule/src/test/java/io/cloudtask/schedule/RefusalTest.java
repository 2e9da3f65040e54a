package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalTest {
  private static final Written MONTHLY = Written.mode(6, 1).select("1,2,3,4,5,6,7,8,9,10,11,12");

  record Refused(String field, Written written) {}

  static List<Refused> refused() {
    Written everyMinute = Written.mode(2, 1);
    return List.of(
        new Refused("turnmode", Written.mode(0, 1)),
        new Refused("turnmode", Written.mode(8, 1)),
        new Refused("turnmode", Written.mode(-1, 1)),
        new Refused("startdate", everyMinute.from("", "00:00")),
        new Refused("startdate", everyMinute.from("3/19/2018", "00:00")),
        new Refused("startdate", everyMinute.from("02/30/2018", "00:00")),
        new Refused("startdate", everyMinute.from("13/01/2018", "00:00")),
        new Refused("startdate", everyMinute.from("00/01/2018", "00:00")),
        new Refused("startdate", everyMinute.from("2018-03-19", "00:00")),
        new Refused("startdate", everyMinute.from("03/19/0000", "00:00")),
        new Refused("startdate", everyMinute.from("03/19/-201", "00:00")),
        new Refused("starttime", everyMinute.at("24:00")),
        new Refused("starttime", everyMinute.at("12:60")),
        new Refused("starttime", everyMinute.at("1200")),
        new Refused("starttime", everyMinute.at("noon")),
        new Refused("starttime", everyMinute.at("-1:00")),
        new Refused("starttime", everyMinute.at("12:0")),
        new Refused("starttime", Written.mode(4, 1).at("")),
        new Refused("endtime", everyMinute.between("08:00", "25:00")),
        new Refused("endtime", everyMinute.between("08:00", "07:59")),
        new Refused("overnight", everyMinute.between("08:00", "20:00").crossingMidnight()),
        new Refused("overnight", everyMinute.between("08:00", "08:00").crossingMidnight()),
        new Refused("enddate", everyMinute.until("31/12/2020", "")),
        new Refused("enddate", everyMinute.until("12/31/2017", "")),
        new Refused("enddate", Written.mode(4, 1).at("10:00").until("12/31/2017", "23:59")),
        new Refused("endtime", Written.mode(4, 1).at("10:00").until("01/01/2018", "09:59")),
        new Refused(
            "enddate",
            everyMinute.between("22:00", "06:00").crossingMidnight().until("01/01/2018", "06:00")),
        new Refused("enddate", Written.mode(5, 1).select("5").until("01/03/2018", "")),
        new Refused("enddate", MONTHLY.on(31, "").until("01/30/2018", "")),
        new Refused("enddate", Written.cron("0 0 29 2 *").until("02/28/2020", "")),
        new Refused("startdate", Written.mode(5, 1).select("0").from("12/31/9999", "10:00")),
        new Refused("selectat", Written.mode(5, 1).select("")),
        new Refused("selectat", Written.mode(5, 1).select(" ")),
        new Refused("selectat", Written.mode(5, 1).select("7")),
        new Refused("selectat", Written.mode(5, 1).select("-1")),
        new Refused("selectat", Written.mode(5, 1).select("1,,2")),
        new Refused("selectat", Written.mode(5, 1).select("mon")),
        new Refused("selectat", MONTHLY.select("")),
        new Refused("selectat", MONTHLY.select("0")),
        new Refused("selectat", MONTHLY.select("1,13")),
        new Refused("monthlyof.day", MONTHLY.select("2").on(31, "")),
        new Refused("monthlyof.day", MONTHLY.select("2").on(30, "")),
        new Refused("monthlyof.day", MONTHLY.select("2").on(-30, "")),
        new Refused("monthlyof.day", MONTHLY.select("4,6,9,11").on(31, "")),
        new Refused("monthlyof.day", MONTHLY.on(32, "")),
        new Refused("monthlyof.day", MONTHLY.on(Integer.MIN_VALUE, "")),
        new Refused("monthlyof.week", MONTHLY.on(0, "")),
        new Refused("monthlyof.week", MONTHLY.on(0, "6:1")),
        new Refused("monthlyof.week", MONTHLY.on(0, "1:7")),
        new Refused("monthlyof.week", MONTHLY.on(0, "-1:1")),
        new Refused("monthlyof.week", MONTHLY.on(0, "first")),
        new Refused("timezone", everyMinute.zone("Europe/Berln")),
        new Refused("timezone", everyMinute.zone("UTC+25")),
        new Refused("timezone", everyMinute.zone("../etc/passwd")),
        new Refused(
            "cron",
            new Written(7, 1, "01/01/2018", "", "", "", "", MonthlyOf.UNUSED, null, null, null)));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Refused any) {
    assertThat(any.written().refused()).containsExactly(any.field());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_001, 1_000_000_000_000_000_000L, Long.MIN_VALUE})
  void an_interval_that_is_no_count_is_refused_in_each_mode_that_counts(long interval) {
    for (int turnmode = 1; turnmode <= 6; turnmode++) {
      assertThat(Written.mode(turnmode, interval).select("1").refused())
          .containsExactly("interval");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000})
  void the_least_and_the_greatest_interval_are_valid(long interval) {
    for (int turnmode = 1; turnmode <= 6; turnmode++) {
      assertThat(Written.mode(turnmode, interval).select("1").refused()).isEmpty();
    }
  }

  @Test
  void every_wrong_field_is_named() {
    assertThat(
            Written.mode(5, 0).from("x", "y").until("z", "").select("9").zone("nowhere").refused())
        .contains("interval", "startdate", "starttime", "selectat", "timezone");
  }

  @Test
  void long_text_does_not_flood_the_message() {
    Written written = Written.mode(2, 1).at("9".repeat(100_000));

    assertThat(written.compile().toString()).hasSizeLessThan(400);
    assertThat(Written.cron("*,".repeat(100_000)).compile().toString()).hasSizeLessThan(400);
  }

  @Test
  void a_cron_expression_that_falls_into_every_gap_of_its_zone_is_refused() {
    // The last Sunday of March at two, by elapsed time: Berlin skips that hour each year.
    Written gap = Written.cron("*/5 2 25-31 3 */7");

    assertThat(gap.zone("Europe/Berlin").refused()).containsExactly("cron");
    assertThat(gap.zone("Europe/London").refused()).isEmpty();
  }

  @Test
  void an_unknown_zone_is_refused_even_when_the_job_has_one() {
    ScheduleDefinition written = Written.mode(2, 1).zone("Mars/Phobos").definition();

    assertThat(Schedules.compile(written, ZoneId.of("Europe/Berlin")))
        .isInstanceOfSatisfying(
            Compiled.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().message())
                    .contains("\"Mars/Phobos\"")
                    .contains("Europe/Berlin"));
  }
}
