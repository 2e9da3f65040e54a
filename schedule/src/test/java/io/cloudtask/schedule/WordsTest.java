package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
  private static final Written MANUAL =
      Written.mode(2, 2).from("03/19/2018", "0:00").until("", "23:59");

  private static String said(Written written) {
    return written.schedule().describe();
  }

  @Test
  void windows() {
    assertThat(said(MANUAL)).isEqualTo("every 2 minutes from 00:00 to 23:59, from 2018-03-19");
    assertThat(said(Written.mode(1, 1)))
        .isEqualTo("every second from 00:00 to 23:59, from 2018-01-01");
    assertThat(said(Written.mode(3, 2).between("22:00", "06:00").crossingMidnight()))
        .isEqualTo("every 2 hours from 22:00 to 06:00 of the next day, from 2018-01-01");
  }

  @Test
  void days_weeks_and_months() {
    assertThat(said(Written.mode(4, 1).at("2:30")))
        .isEqualTo("every day at 02:30, from 2018-01-01");
    assertThat(said(Written.mode(5, 2).at("09:00").select("5,1,0")))
        .isEqualTo("every 2 weeks on Sunday, Monday and Friday at 09:00, from 2018-01-01");
    Written monthly = Written.mode(6, 1).at("09:00").select("1,2,3,4,5,6,7,8,9,10,11,12");
    assertThat(said(monthly.on(15, "")))
        .isEqualTo("on day 15 of every month at 09:00, from 2018-01-01");
    assertThat(said(monthly.on(-1, "").select("1,3")))
        .isEqualTo("on the last day of January and March at 09:00, from 2018-01-01");
    assertThat(said(monthly.on(-2, "")))
        .isEqualTo("on day 2 from the end of every month at 09:00, from 2018-01-01");
    assertThat(said(monthly.on(0, "0:5")))
        .isEqualTo("on the last Friday of every month at 09:00, from 2018-01-01");
    assertThat(said(monthly.on(0, "2:2")))
        .isEqualTo("on the second Tuesday of every month at 09:00, from 2018-01-01");
  }

  @Test
  void ends_and_zones() {
    assertThat(said(MANUAL.until("12/31/2018", "20:00").zone("Europe/Berlin")))
        .isEqualTo(
            "every 2 minutes from 00:00 to 20:00, from 2018-03-19, until 2018-12-31, in the time"
                + " of Europe/Berlin");
    assertThat(said(Written.mode(4, 1).at("02:30").until("12/31/2018", "")))
        .isEqualTo("every day at 02:30, from 2018-01-01, until 2018-12-31 02:30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *         | at 02:00, every day",
        "30 8,12 * * 1-5   | at 08:30 and 12:30, on Monday to Friday",
        "* * * * *         | every minute, every day",
        "*/5 * * * *       | every 5 minutes, every day",
        "*/15 9-17 * * *   | every 15 minutes, at hour 9 to 17, every day",
        "10 * * * *        | at minute 10 of every hour, every day",
        "*/10 * * * * *    | every 10 seconds, every minute, every day",
        "0 0 1 */3 *       | at 00:00, on day 1 of the month, in January, April, July and October",
        "0 0 L * *         | at 00:00, on the last day of the month",
        "0 0 LW * *        | at 00:00, on the last working day of the month",
        "0 0 13 * FRI      | at 00:00, on day 13 of the month or on Friday",
        "0 0 */2 * FRI     | at 00:00, on day 1 in steps of 2 of the month if it is also Friday",
        "0 0 * * FRIL      | at 00:00, on the last Friday of the month",
        "0 0 * * 1#2,TUEL  | at 00:00, on the second Monday of the month and the last Tuesday of"
            + " the month",
        "@hourly           | at minute 0 of every hour, every day",
        "@daily            | at 00:00, every day",
      })
  void cron(String cron, String words) {
    assertThat(said(Written.cron(cron)))
        .isEqualTo("cron \"" + cron + "\": " + words + ", from 2018-01-01");
  }

  @Test
  void a_union_says_all_its_parts() {
    ZoneId utc = ZoneId.of("UTC");
    Schedule daily = Written.mode(4, 1).at("02:30").schedule();

    assertThat(Schedules.union(List.of(MANUAL.schedule(), daily), utc).describe())
        .isEqualTo(
            "every 2 minutes from 00:00 to 23:59, from 2018-03-19; every day at 02:30, from"
                + " 2018-01-01");
    assertThat(Schedules.union(List.of(), utc).describe()).isEqualTo("never");
  }
}
