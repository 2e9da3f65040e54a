package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadJobFileTest {
  private static final String JOB = "jobs:\n  - name: a\n    command: b\n    ";
  private static final String SCHEDULE = JOB + "schedules:\n      - ";

  private static FieldError only(String text) {
    List<FieldError> errors = Files.errors(text);
    assertThat(errors).hasSize(1);
    return errors.getFirst();
  }

  /** A line of a job, in line 4 of the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "comand: x                  | comand         | 5  | did you mean \"command\"?",
        "nonsense: x                | nonsense       | 5  | allowed: name, command",
        "name: again                | name           | 5  | stands in line 2 already",
        "timeout: -1                | timeout        | 14 | no length of time from 0 to 172800",
        "timeout: 3 days            | timeout        | 14 | write 90, 90s, 5m or 1h30m",
        "timeout: 172801            | timeout        | 14 | from 0 to 172800",
        "timeout: [1]               | timeout        | 14 | a list is no length",
        "timeout: 1.5               | timeout        | 14 | \"1.5\" is no length",
        "timeout: 1e400             | timeout        | 14 | is no length",
        "startdeadline: 31d         | startdeadline  | 20 | is no length of time",
        "enabled: yes               | enabled        | 14 | is text; write true or false",
        "overlap: que               | overlap        | 14 | did you mean \"queue\"?",
        "overlap: 1                 | overlap        | 14 | put it in quotes",
        "missed: maybe              | missed         | 13 | allowed: skip, last, all",
        "guarantee: exactlyonce     | guarantee      | 16 | allowed: leased, claimed, atleastonce",
        "timezone: Europe/Berln     | timezone       | 15 | did you mean \"Europe/Berlin\"?",
        "timezone: Mars             | timezone       | 15 | no known time zone",
        "description: [a]           | description    | 18 | is a list; it has to be text",
        "package: ../etc/x.tar.gz   | package        | 14 | must have no / and",
        "package: a.rar             | package        | 14 | must end with one of .tar.gz",
        "package: absent.zip        | package        | 14 | upload it first",
        "servers: host              | servers        | 14 | is text; it has to be a list",
        "servers: [\"a b\"]         | servers[0]     | 15 | is no host name or address",
        "servers: [a, a]            | servers[1]     | 18 | a is named twice",
        "env: {1A: x}               | env.1A         | 11 | no digit first",
        "env: {a-b: x}              | env.a-b        | 11 | is no name of a variable",
        "env: {CLOUDTASK_X: y}      | env.CLOUDTASK_X | 11 | is set by Cloudtask itself",
        "env: [novalue]             | env[0]         | 11 | is not NAME=VALUE",
        "env: [A=1, A=2]            | env[1]         | 16 | A is set twice",
        "env: {A: [1]}              | env.A          | 14 | is a list; it has to be text",
        "env: {A: \"x\\0y\"}        | env.A          | 14 | control character U+0000",
        "schedules: {every: 1s}     | schedules      | 16 | is a mapping; it has to be a list",
        "schedules: [5]             | schedules[0]   | 17 | is a number; it has to be a mapping",
      })
  void a_wrong_field_is_named_with_its_place(String line, String path, int column, String message) {
    FieldError error = only(JOB + line);
    assertThat(error.path()).isEqualTo("jobs[0]." + path);
    assertThat(error.line()).isEqualTo(4);
    assertThat(error.column()).isEqualTo(column);
    assertThat(error.message()).contains(message);
  }

  /** A schedule in line 5 of the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{every: 0s}                                      | every          | is not 1 to",
        "{every: 1000000000000000000s}                    | every          | is no interval",
        "{every: 9999999s}                                | every          | is not 1 to",
        "{every: 5}                                       | every          | put it in quotes",
        "{every: -5s}                                     | every          | is no interval",
        "{every: 1d}                                      | every          | days: daily with"
            + " every",
        "{}                                               | -              | needs exactly one of"
            + " every, daily",
        "{every: 5m, daily: \"02:00\"}                    | -              | it has every and"
            + " daily",
        "{daily: \"02:00\", between: 08:00-09:00}         | between        | goes with every alone",
        "{every: 5m, between: 8-9}                        | between        | is no window; write"
            + " 08:00-20:00",
        "{every: 5m, between: 25:00-26:00}                | between        | is no window",
        "{every: 5m, from: 2026-02-30}                    | from           | is no date; write"
            + " yyyy-MM-dd",
        "{every: 5m, from: 02/28/2026}                    | from           | is no date",
        "{every: 5m, from: 2026-02-02, until: 2026-02-01} | until          | before the start",
        "{every: 5m, timezone: CEST/Nowhere}              | timezone       | is no known time zone",
        "{every: 5m, evry: 5m}                            | evry           | did you mean"
            + " \"every\"?",
        "{daily: 2:30pm}                                  | daily          | is no time of day",
        "{daily: \"24:00\"}                               | daily          | is no time of day",
        "{daily: 230}                                     | daily          | put it in quotes",
        "{daily: [\"02:30\", \"2:30\"]}                   | daily[1]       | is named twice",
        "{daily: {every: 2}}                              | daily.at       | is missing",
        "{daily: {at: \"1:00\", every: 0}}                | daily.every    | from 1 to",
        "{weekly: {at: \"09:00\"}}                        | weekly.days    | is missing",
        "{weekly: {days: [], at: \"09:00\"}}              | weekly.days    | is empty, so it would"
            + " never fire",
        "{weekly: {days: [mun], at: \"09:00\"}}           | weekly.days[0] | is not a weekday, mon"
            + " to sun",
        "{weekly: {days: mon}}                            | weekly.at      | is missing",
        "{weekly: [mon]}                                  | weekly         | is a list; it has to"
            + " be a mapping",
        "{monthly: {at: \"09:00\"}}                       | monthly.week   | needs either day",
        "{monthly: {day: 0, at: \"09:00\"}}               | monthly.day    | 0 is no day",
        "{monthly: {day: 32, at: \"09:00\"}}              | monthly.day    | from -31 to 31",
        "{monthly: {day: 31, months: [feb], at: \"9:00\"}} | monthly.day   | none of its months",
        "{monthly: {week: 6, weekday: mon, at: \"9:00\"}} | monthly.week   | is not a week, 1 to 5"
            + " or last",
        "{monthly: {week: 1, at: \"9:00\"}}               | monthly.weekday | is missing",
        "{monthly: {day: 1, months: [13], at: \"9:00\"}}  | monthly.months[0] | is not a month",
        "{cron: \"61 * * * *\"}                           | cron           | 61",
        "{cron: nonsense}                                 | cron           | has 1 field",
        "{cron: \"0 0 30 2 *\"}                           | cron           | never",
        "{turnmode: 9, interval: 1, startdate: 01/01/2026} | turnmode      | from 1 to 7",
        "{turnmode: 2, interval: 0, startdate: 01/01/2026} | interval      | is not 1 to",
        "{turnmode: 2, interval: 1, startdate: 2026-01-01} | startdate     | is no date; write"
            + " MM/dd/yyyy",
        "{turnmode: 2, interval: 1}                       | -              | write the first day",
        "{turnmode: 5, startdate: 01/01/2026, starttime: 9:00, selectat: \"7\"} | selectat |"
            + " weekdays 0 to 6",
        "{turnmode: 6, startdate: 01/01/2026, starttime: 9:00, selectat: \"2\", monthlyof: {day:"
            + " 30}} | monthlyof.day | none of its months",
        "{turnmode: 6, startdate: 01/01/2026, starttime: 9:00, selectat: \"2\", monthlyof: {day: 0,"
            + " week: \"6:1\"}} | monthlyof.week | is not w:d",
        "{turnmode: 2, interval: 1, startdate: 01/01/2026, starttime: 9:00, endtime: 8:00} |"
            + " endtime | before",
        "{turnmode: 2, interval: 99999999999999999999, startdate: 01/01/2026} | interval | is not a"
            + " whole number",
        "{turnmode: 2, intervall: 1, startdate: 01/01/2026} | intervall    | did you mean"
            + " \"interval\"?",
      })
  void a_schedule_that_can_not_be_is_refused_at_its_line(
      String schedule, String path, String message) {
    FieldError error = only(SCHEDULE + schedule);
    String expected = "jobs[0].schedules[0]" + (path.equals("-") ? "" : "." + path);
    assertThat(error.path()).isEqualTo(expected);
    assertThat(error.line()).isEqualTo(5);
    assertThat(error.column()).isPositive();
    assertThat(error.message()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` `                               |        | the file is empty",
        "5                                 |        | it has to be a mapping with runtime, group,"
            + " jobs",
        "[]                                |        | is a list; it has to be a mapping",
        "runtime: local                    | jobs   | is missing; write a list of jobs",
        "{jobs: }                          | jobs   | is missing",
        "jobs: 5                           | jobs   | is a number; it has to be a list",
        "{jobs: [], jobz: 1}               | jobz   | did you mean \"jobs\"?",
        "{runtime: lokal, jobs: []}        | runtime | did you mean \"local\"?",
        "{runtime: 5, jobs: []}            | runtime | put it in quotes",
        "{group: \"a b\", jobs: []}        | group  | is no name of a group",
        "jobs: [{command: x}]              | jobs[0].name | is missing",
        "jobs: [{name: x}]                 | jobs[0].command | is missing",
        "jobs: [{name: x, command: \" \"}] | jobs[0].command | is empty",
        "jobs: [{name: 7, command: x}]     | jobs[0].name | put it in quotes",
        "jobs: [{name: a/b, command: x}]   | jobs[0].name | has / or",
        "jobs: [{name: \" a\", command: x}] | jobs[0].name | begins or ends with a space",
        "jobs: [{name: \"a\\u202Eb\", command: x}] | jobs[0].name | can't be seen",
        "jobs: [{name: 399d4b159c65c9b34d2a3c41, command: x}] | jobs[0].name | looks like a job id",
        "jobs: [{name: a, command: \"\\0\"}] | jobs[0].command | U+0000",
        "jobs: [a: {                       |        | is not YAML",
        "jobs: *nowhere                    |        | names nothing that stands before it",
        "jobs: &a [*a]                     |        | names nothing that stands before it",
        "jobs: !!java.net.URL [x]          |        | leave it out",
        "jobs: [{name: !!binary eA==, command: x}] |  | leave it out",
        "{\"jobs\": [}                     |        | is not JSON",
        "{\"jobs\": []} x                  |        | is not JSON",
        "{\"jobs\": [{\"name\": \"a\", \"command\": \"\\ud800\"}]} | jobs[0].command | surrogate",
      })
  void a_wrong_file_is_explained(String text, String path, String message) {
    FieldError error = Files.errors(text).getFirst();
    assertThat(error.path()).isEqualTo(path == null ? "" : path);
    assertThat(error.message()).contains(message == null ? "" : message);
    assertThat(error.line()).isEqualTo(1);
  }

  @Test
  void every_mistake_is_listed_in_the_order_of_the_text() {
    List<FieldError> errors =
        Files.errors(
            """
            runtime: nowhere
            jobs:
              - name: a
                comand: x
                timeout: soon
                schedules:
                  - every: never
                  - daily: noon
              - name: a
                command: y
            """);
    assertThat(errors)
        .extracting(e -> e.line() + " " + e.path())
        .containsExactly(
            "1 runtime",
            "3 jobs[0].command",
            "4 jobs[0].comand",
            "5 jobs[0].timeout",
            "7 jobs[0].schedules[0].every",
            "8 jobs[0].schedules[1].daily",
            "9 jobs[1].name");
    assertThat(errors.getLast().message()).contains("is the name of the job in line 3 already");
  }

  @Test
  void a_thousand_mistakes_are_cut_and_counted() {
    List<FieldError> errors = Files.errors("jobs:\n" + "  - {}\n".repeat(1000));
    assertThat(errors).hasSize(201);
    assertThat(errors.getLast().message()).isEqualTo("and 1800 more mistakes");
  }

  @Test
  void nesting_ends_at_a_limit_in_yaml_and_json() {
    assertThat(only("[".repeat(1000) + "]".repeat(1000)).message()).contains("nested deeper");
    assertThat(only("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)).message())
        .containsAnyOf("nested deeper", "nesting");
    assertThat(only("- ".repeat(100_000)).message()).contains("nested deeper");
  }

  @Test
  @Timeout(10)
  void aliases_that_multiply_are_stopped() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String list = ("*a" + (i - 1) + ", ").repeat(10);
      bomb.append("a").append(i).append(": &a").append(i).append(" [").append(list).append("]\n");
    }
    assertThat(only(bomb.toString()).message()).contains("more than 500000 values");
  }

  @Test
  void a_file_of_ten_megabytes_is_read_and_a_longer_one_is_not() {
    String padding = "#" + "x".repeat(1022) + "\n";
    String most = "jobs: []\n" + padding.repeat(10 * 1024 - 1);
    assertThat(Files.valid(most).jobs()).isEmpty();
    assertThat(only(most + padding).message()).contains("longer than 10 MiB");
  }

  @Test
  void a_line_of_yaml_has_a_limit_that_json_has_not() {
    String word = "x".repeat(512 * 1024);
    FieldError error = only("jobs:\n  - name: a\n    command: " + word + "\n");
    assertThat(error.line()).isEqualTo(3);
    assertThat(error.message()).contains("a line of more than 512 KiB");
    FieldError json = only("{\"jobs\":[{\"name\":\"a\",\"command\":\"" + word + "\"}]}");
    assertThat(json.path()).isEqualTo("jobs[0].command");
    assertThat(json.message()).contains("longer than 256 KiB");
  }

  /** Each a list that is one longer than it may be, in line 4 of the file. */
  @ParameterizedTest
  @CsvSource({
    "200, servers, 'h%d, ', more than 200 hosts",
    "100, schedules, '{every: 5m}, ', more than 100 schedules",
    "500, env, 'A%d=1, ', more than 500 variables",
    "1440, 'schedules: [{daily', '\"%d\", ', more than 1440 times of day",
    "100, 'schedules: [{weekly: {at: 9:00, days', 'mon, ', more than 100 entries",
  })
  void a_list_that_is_too_long_is_refused_as_a_whole(
      int most, String key, String item, String message) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i <= most; i++) {
      list.append(String.format(item, i));
    }
    String close = key.contains("{weekly") ? "}}]" : key.contains("{daily") ? "}]" : "";
    assertThat(Files.errors(JOB + key + ": [" + list + "]" + close))
        .anySatisfy(error -> {
          assertThat(error.path()).startsWith("jobs[0]." + key.replaceFirst("\\W.*", ""));
          assertThat(error.line()).isEqualTo(4);
          assertThat(error.message()).contains(message);
        });
  }

  @Test
  void ten_thousand_jobs_are_read_and_more_are_refused() {
    StringBuilder text = new StringBuilder("jobs:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  - {name: job").append(i).append(", command: x, schedules: [{every: 5m}]}\n");
    }
    assertThat(Files.valid(text.toString()).jobs()).hasSize(10_000);
    assertThat(only(text + "  - {name: more, command: x}\n").message()).contains("split the file");
  }

  @Test
  void raw_control_characters_are_refused_at_their_place() {
    FieldError error = only("jobs:\n  - name: a\n    command: x\u0000y\n");
    assertThat(error.line()).isEqualTo(3);
    assertThat(error.column()).isEqualTo(15);
    assertThat(error.message()).contains("U+0000");
  }

  @Test
  void a_second_document_is_refused() {
    assertThat(only("jobs: []\n---\njobs: []\n").line()).isEqualTo(2);
  }
}
