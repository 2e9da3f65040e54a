package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.Problem.FieldError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No key that a job file knows takes whatever is written there. The keys come from the readers
 * themselves, so a new one is tried as soon as it exists.
 */
final class EveryFieldTest {
  /** A mapping with a key that nobody knows: no value of any key looks like that. */
  private static final String NONSENSE = "{\"no such key\": [{}]}";

  private static final String JOB = "jobs:\n  - name: a\n    command: b\n    ";
  private static final String SCHEDULE = JOB + "schedules:\n      - ";
  private static final String WIRE = "{turnmode: 6, startdate: 01/01/2026, starttime: 9:00, ";

  /** A text, and the key in it whose value is to be replaced. */
  static Stream<Arguments> keys() {
    return Stream.of(
            all(List.of("runtime", "group", "jobs"), "", "@@\n", 1),
            all(without(JobText.KEYS, "name", "command"), "jobs[0]", JOB + "@@\n", 4),
            all(List.of("name"), "jobs[0]", "jobs:\n  - command: b\n    @@\n", 3),
            all(List.of("command"), "jobs[0]", "jobs:\n  - name: a\n    @@\n", 3),
            all(ShortSchedule.KINDS, "jobs[0].schedules[0]", SCHEDULE + "{@@}\n", 5),
            all(
                without(ShortSchedule.KEYS, ShortSchedule.KINDS.toArray(String[]::new)),
                "jobs[0].schedules[0]",
                SCHEDULE + "{every: 5m,\n @@}\n",
                6),
            all(
                without(WireSchedule.KEYS, "startdate", "starttime", "turnmode"),
                "jobs[0].schedules[0]",
                SCHEDULE + WIRE + "\n @@}\n",
                6),
            all(
                List.of("at", "every"),
                "jobs[0].schedules[0].daily",
                SCHEDULE + "{daily: {\n @@}}",
                6),
            all(
                List.of("days", "at", "every"),
                "jobs[0].schedules[0].weekly",
                SCHEDULE + "{weekly: {\n @@}}",
                6),
            all(
                List.of("day", "at", "months"),
                "jobs[0].schedules[0].monthly",
                SCHEDULE + "{monthly: {\n @@}}",
                6),
            all(
                List.of("week"),
                "jobs[0].schedules[0].monthly",
                SCHEDULE + "{monthly: {weekday: fri,\n @@}}",
                6),
            all(
                List.of("weekday"),
                "jobs[0].schedules[0].monthly",
                SCHEDULE + "{monthly: {week: 1,\n @@}}",
                6),
            all(
                List.of("day", "week"),
                "jobs[0].schedules[0].monthlyof",
                SCHEDULE + WIRE + "monthlyof: {\n @@}}",
                6))
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> all(
      List<String> keys, String holder, String template, int line) {
    return keys.stream()
        .map(key -> Arguments.of(holder.isEmpty() ? key : holder + '.' + key, template, line));
  }

  private static List<String> without(List<String> keys, String... others) {
    return keys.stream().filter(key -> !List.of(others).contains(key)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void what_no_field_can_be_is_refused_with_the_line_and_the_key(
      String path, String template, int line) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    List<FieldError> errors = Files.errors(template.replace("@@", key + ": " + NONSENSE));
    assertThat(errors)
        .anySatisfy(error -> {
          assertThat(error.path()).startsWith(path);
          assertThat(error.line()).isEqualTo(line);
          assertThat(error.column()).isPositive();
          assertThat(error.message()).isNotBlank();
        });
  }
}
