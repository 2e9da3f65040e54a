package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.Problem.FieldError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Job files against fixed surroundings. */
final class Files {
  private Files() {}

  static Surroundings surroundings() {
    return new Surroundings(
        Instant.parse("2026-06-15T20:00:00Z"),
        ZoneOffset.UTC,
        List.of("local"),
        name -> name.startsWith("backup"),
        Secrets.TRIED,
        Map.of());
  }

  static Surroundings surroundings(String now, JobDefinition current) {
    return new Surroundings(
        Instant.parse(now),
        ZoneOffset.UTC,
        List.of("local"),
        name -> true,
        Secrets.TRIED,
        Map.of(current.name(), current));
  }

  static JobFile valid(String text) {
    return switch (JobFileText.of(text).judge(surroundings())) {
      case JobFile.Read.Valid(JobFile file) -> file;
      case JobFile.Read.Invalid(List<FieldError> errors) -> throw new AssertionError(errors);
    };
  }

  static List<FieldError> errors(String text) {
    JobFile.Read read = JobFileText.of(text).judge(surroundings());
    assertThat(read).isInstanceOf(JobFile.Read.Invalid.class);
    return ((JobFile.Read.Invalid) read).errors();
  }
}
