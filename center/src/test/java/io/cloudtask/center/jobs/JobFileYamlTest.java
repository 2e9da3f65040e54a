package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.schedule.Schedules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

final class JobFileYamlTest {
  private static final String ALL_MONTHS = "1,2,3,4,5,6,7,8,9,10,11,12";

  @Test
  void an_export_reads_like_something_that_a_person_wrote() {
    String text =
        """
        runtime: local
        group: default
        jobs:
          - name: hello
            command: |
              echo hello
              date
            env:
              GREETING: hello world
              YES: 'true'
            timeout: 60
            schedules:
              - every: 5m
                between: 08:00-20:00
                from: 2026-01-01
              - every: 1h
                between: 22:00-06:00
                from: 2026-01-01
                until: 2026-12-31
              - weekly:
                  days:
                    - mon
                    - fri
                  at: 09:00
                from: 2026-01-01
              - cron: 0 2 * * *
                timezone: Asia/Tokyo
                from: 2026-01-01
        """;
    assertThat(JobFileYaml.write(Files.valid(text))).isEqualTo(text);
  }

  @Test
  void a_schedule_that_has_no_short_form_is_written_in_wire_form() {
    String text =
        """
        jobs:
          - name: a
            command: b
            schedules:
              - {id: x, turnmode: 4, interval: 1, startdate: 01/01/2026, starttime: "7:30"}
        """;
    JobFile file = Files.valid(text);
    assertThat(JobFileYaml.write(file)).contains("turnmode: 4").contains("starttime: 7:30");
    assertThat(Files.valid(JobFileYaml.write(file))).isEqualTo(file);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void reading_what_was_written_gives_the_same_jobs(@ForAll("jobs") JobDefinition job) {
    JobFile file = new JobFile("local", "default", List.of(job));
    assertThat(Files.valid(JobFileYaml.write(file))).isEqualTo(file);
  }

  @Provide
  Arbitrary<JobDefinition> jobs() {
    Arbitrary<String> line = text().map(t -> t.replaceAll("[\\n\\r\\t]", "_"));
    Arbitrary<String> name =
        line.map(t -> t.replaceAll("[/\\\\]", "-").strip())
            .filter(t -> Names.refusedJobName(t).isEmpty());
    Arbitrary<List<String>> env =
        Arbitraries.maps(
                Arbitraries.strings().withChars("ABab_").ofMinLength(1).ofMaxLength(4), text())
            .ofMaxSize(3)
            .map(JobFileYamlTest::env);
    return Combinators.combine(
            name,
            text().filter(t -> !t.isBlank()),
            env,
            Arbitraries.longs().between(0, 172_800),
            Arbitraries.of(Overlap.values()),
            Arbitraries.of(Missed.values()),
            Arbitraries.of("", "Europe/Berlin", "UTC"),
            schedules())
        .as((jobName, command, vars, timeout, overlap, missed, zone, schedules) ->
            new JobDefinition(
                "local",
                "default",
                jobName,
                command,
                timeout % 2 == 0 ? "" : "backup.zip",
                vars,
                timeout,
                timeout % 3 == 0 ? List.of() : List.of("10.0.0.1", "host"),
                timeout % 5 != 0,
                overlap,
                missed,
                timeout / 10,
                Guarantee.LEASED,
                null,
                zone,
                schedules,
                command));
  }

  private static List<String> env(Map<String, String> variables) {
    List<String> env = new ArrayList<>();
    new LinkedHashMap<>(variables).forEach((k, v) -> env.add(k + "=" + v));
    return env;
  }

  /** Text with everything that YAML treats in a special way. */
  private static Arbitrary<String> text() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "b c",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            ": ",
            "#",
            " #",
            "- ",
            "'",
            "\"",
            "{",
            "]",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "\\",
            "0x1F",
            "1e3",
            "true",
            "null",
            "~",
            ".nan",
            "---",
            "...",
            "\u00e4",
            "\u2028",
            "\ud83d\ude00",
            "\u00a0",
            "\ufeff",
            "\u200b",
            "=",
            "<<",
            "2026-01-01",
            "?",
            ",");
    return pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
  }

  private static Arbitrary<List<ScheduleDefinition>> schedules() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 7),
            Arbitraries.integers().between(1, 50),
            Arbitraries.of("", "12/31/2027"),
            Arbitraries.of("00:00", "7:30", "22:15"),
            Arbitraries.of("", "06:00", "23:59"),
            Arbitraries.of("s1", "x", ""),
            Arbitraries.of(true, false))
        .as(JobFileYamlTest::schedule)
        .filter(s -> Schedules.compile(s, ZoneOffset.UTC) instanceof Compiled.Valid)
        .list()
        .ofMaxSize(3);
  }

  private static ScheduleDefinition schedule(
      int mode, int n, String end, String start, String stop, String id, boolean flag) {
    boolean overnight = mode <= 3 && stop.equals("06:00") && start.equals("22:15");
    String selected =
        mode == 5 ? (flag ? "0,3,6" : "1") : mode == 6 ? (flag ? ALL_MONTHS : "2,12") : "";
    MonthlyOf of =
        mode != 6
            ? MonthlyOf.UNUSED
            : flag ? new MonthlyOf(0, n % 6 + ":" + n % 7) : new MonthlyOf(-1, "");
    return new ScheduleDefinition(
        id,
        flag ? 1 : 0,
        mode,
        n,
        "03/19/2018",
        end,
        start,
        stop,
        selected,
        of,
        mode == 7 ? "*/5 * * * *" : null,
        n % 4 == 0 ? "Asia/Tokyo" : null,
        overnight ? true : null);
  }
}
