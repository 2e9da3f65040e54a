package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobFileTextTest {
  private static ScheduleDefinition schedule(String yaml) {
    List<ScheduleDefinition> schedules = schedules(yaml);
    assertThat(schedules).hasSize(1);
    return schedules.getFirst();
  }

  private static List<ScheduleDefinition> schedules(String yaml) {
    return Files.valid("jobs: [{name: a, command: b, schedules: [" + yaml + "]}]")
        .jobs()
        .getFirst()
        .schedules();
  }

  @Test
  void everything_that_a_job_can_say_is_read() {
    JobFile file =
        Files.valid(
            """
            runtime: local
            group: nightly
            jobs:
              - name: Back up
                description: |
                  Copies
                  everything.
                command: |
                  set -e
                  ./backup.sh
                package: backup-1.0.tar.gz
                env: {MODE: full, PORT: 8080, DRY: true, EMPTY: , TEXT: "a=b"}
                timeout: 1h30m
                servers: [10.0.0.1, host-b.example]
                enabled: false
                overlap: Queue
                missed: all
                startdeadline: 600
                guarantee: atleastonce
                ondisconnect: 90s
                timezone: Europe/Berlin
                schedules:
                  - daily: "02:30"
                    from: 2026-01-01
            """);
    assertThat(file.runtime()).isEqualTo("local");
    assertThat(file.group()).isEqualTo("nightly");
    assertThat(file.jobs())
        .containsExactly(
            new JobDefinition(
                "local",
                "nightly",
                "Back up",
                "set -e\n./backup.sh\n",
                "backup-1.0.tar.gz",
                List.of("MODE=full", "PORT=8080", "DRY=true", "EMPTY=", "TEXT=a=b"),
                5400,
                List.of("10.0.0.1", "host-b.example"),
                false,
                Overlap.QUEUE,
                Missed.ALL,
                600,
                Guarantee.ATLEASTONCE,
                90,
                "Europe/Berlin",
                List.of(
                    new ScheduleDefinition(
                        "s1",
                        1,
                        4,
                        1,
                        "01/01/2026",
                        "",
                        "02:30",
                        "",
                        "",
                        MonthlyOf.UNUSED,
                        null,
                        null,
                        null)),
                "Copies\neverything.\n"));
  }

  @Test
  void json_is_read_too_with_its_tabs_and_escapes() {
    JobFile file =
        Files.valid(
            "{\n\t\"runtime\": \"local\",\n\t\"jobs\": [{\"name\": \"\\ud83d\\ude00\","
                + " \"command\": \"a\\/b\", \"env\": [\"A=1\", \"B=x=y\"]}]}");
    assertThat(file.jobs().getFirst().name()).isEqualTo("\uD83D\uDE00");
    assertThat(file.jobs().getFirst().env()).containsExactly("A=1", "B=x=y");
    assertThat(file.group()).isEqualTo("default");
  }

  @Test
  void the_only_runtime_is_meant_when_none_is_named() {
    assertThat(Files.valid("jobs: [{name: a, command: b}]").runtime()).isEqualTo("local");
  }

  @Test
  void the_manuals_job_with_two_schedules_of_one_id_keeps_both() {
    String wire =
        "{id: 1623e5f1a23, enabled: 1, turnmode: 2, interval: %d, startdate: \"03/19/2018\","
            + " enddate: \"\", starttime: \"00:00\", endtime: \"23:59\", selectat: \"\","
            + " monthlyof: {day: 1, week: \"\"}}";
    List<ScheduleDefinition> schedules =
        schedules(String.format(wire, 2) + "," + String.format(wire, 4));
    assertThat(schedules).extracting(ScheduleDefinition::interval).containsExactly(2L, 4L);
    assertThat(schedules).extracting(ScheduleDefinition::id).containsOnly("1623e5f1a23");
  }

  @Test
  void intervals_windows_and_nights() {
    assertThat(schedule("{every: 2s}"))
        .isEqualTo(
            new ScheduleDefinition(
                "s1",
                1,
                1,
                2,
                "06/15/2026",
                "",
                "00:00",
                "23:59",
                "",
                MonthlyOf.UNUSED,
                null,
                null,
                null));
    assertThat(schedule("{every: 90m}").turnmode()).isEqualTo(2);
    assertThat(schedule("{every: 1h30m}").interval()).isEqualTo(90);
    assertThat(schedule("{every: 2h0m}").turnmode()).isEqualTo(3);
    ScheduleDefinition day = schedule("{every: 5m, between: \"8:00 - 20:00\", from: 2026-01-01}");
    assertThat(day.starttime()).isEqualTo("08:00");
    assertThat(day.endtime()).isEqualTo("20:00");
    assertThat(day.overnight()).isNull();
    ScheduleDefinition night = schedule("{every: 1h, between: 22:00-06:00, until: 2026-07-01}");
    assertThat(night.overnight()).isTrue();
    assertThat(night.enddate()).as("the last window ends on the next day").isEqualTo("07/02/2026");
    assertThat(schedule("{every: 1h, between: 12:00-24:00}").endtime()).isEqualTo("23:59");
  }

  @Test
  void several_times_of_day_are_several_schedules() {
    assertThat(schedules("{daily: [\"02:30\", \"14:30\"]}, {daily: {at: 3:00, every: 2}}"))
        .extracting(s -> s.id() + " " + s.starttime() + " " + s.interval())
        .containsExactly("s1 02:30 1", "s2 14:30 1", "s3 03:00 2");
  }

  @Test
  void weekdays_months_and_last_fridays() {
    ScheduleDefinition weekly =
        schedule("{weekly: {days: [fri, Monday], at: \"09:00\", every: 2}, from: 2026-06-01}");
    assertThat(weekly.selectat()).isEqualTo("1,5");
    assertThat(weekly.interval()).isEqualTo(2);
    ScheduleDefinition last = schedule("{monthly: {day: -1, at: \"18:00\", months: [mar, 6]}}");
    assertThat(last.monthlyof()).isEqualTo(new MonthlyOf(-1, ""));
    assertThat(last.selectat()).isEqualTo("3,6");
    ScheduleDefinition friday = schedule("{monthly: {week: last, weekday: fri, at: \"18:00\"}}");
    assertThat(friday.monthlyof()).isEqualTo(new MonthlyOf(0, "0:5"));
    assertThat(friday.selectat()).isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12");
    assertThat(schedule("{monthly: {week: 2, weekday: tue, at: \"18:00\"}}").monthlyof())
        .isEqualTo(new MonthlyOf(0, "2:2"));
  }

  @Test
  void cron_with_zone_and_last_day() {
    ScheduleDefinition cron =
        schedule("{cron: \"0 2 * * *\", timezone: Asia/Tokyo, until: 2027-01-01, enabled: false}");
    assertThat(cron.cron()).isEqualTo("0 2 * * *");
    assertThat(cron.timezone()).isEqualTo("Asia/Tokyo");
    assertThat(cron.endtime()).as("its last day counts to its end").isEqualTo("23:59");
    assertThat(cron.enabled()).isZero();
    assertThat(cron.startdate()).as("today there").isEqualTo("06/16/2026");
  }

  @Test
  void a_first_day_that_is_not_written_stays_what_it_was_when_nothing_else_changed() {
    String text = "jobs: [{name: a, command: b, schedules: [{every: 2s, until: 2026-06-20}]}]";
    JobDefinition before = Files.valid(text).jobs().getFirst();
    JobFile.Read again =
        JobFileText.of(text).judge(Files.surroundings("2026-08-01T00:00:00Z", before));
    assertThat(again)
        .isInstanceOfSatisfying(
            JobFile.Read.Valid.class,
            valid -> assertThat(valid.file().jobs()).containsExactly(before));
  }

  @Test
  void aliases_repeat_what_was_written_once() {
    JobFile file =
        Files.valid(
            """
            jobs:
              - {name: a, command: x, schedules: &often [{every: 2s}]}
              - {name: b, command: x, schedules: *often}
            """);
    assertThat(file.jobs().get(1).schedules()).isEqualTo(file.jobs().get(0).schedules());
  }

  @Test
  void a_mark_at_the_beginning_and_comments_do_no_harm() {
    assertThat(Files.valid("\uFEFF# jobs\r\njobs: # all\r\n  - {name: a, command: b}\r\n").jobs())
        .hasSize(1);
  }
}
