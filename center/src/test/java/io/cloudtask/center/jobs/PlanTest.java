package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.store.JobRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static JobRow row(String id, JobDefinition job) {
    return new JobRow(id, 1, job, 201, "", null, null, THEN, null, "admin", THEN, "admin", THEN);
  }

  private static JobFile file(String jobs) {
    return Files.valid("jobs: [" + jobs + "]");
  }

  private static List<ApplyResult.Step> steps(List<JobRow> current, JobFile file, boolean prune) {
    return Plan.of(current, file, prune).steps().stream().map(Plan::shown).toList();
  }

  @Test
  void jobs_are_created_changed_left_alone_and_removed_only_when_asked() {
    List<JobRow> current =
        List.of(
            row("1", file("{name: same, command: x}").jobs().getFirst()),
            row("2", file("{name: other, command: x}").jobs().getFirst()),
            row("3", file("{name: gone, command: x}").jobs().getFirst()));
    JobFile wanted =
        file("{name: new, command: x}, {name: other, command: y}, {name: same, command: x}");
    assertThat(steps(current, wanted, false))
        .extracting(step -> step.action() + " " + step.name() + " " + step.jobid())
        .containsExactly("CREATE new null", "CHANGE other 2", "UNCHANGED same 1");
    assertThat(steps(current, wanted, true))
        .extracting(ApplyResult.Step::action)
        .containsExactly(Action.CREATE, Action.CHANGE, Action.UNCHANGED, Action.REMOVE);
  }

  @Test
  void a_change_names_each_field_with_its_old_and_new_value() {
    JobDefinition before =
        file("{name: a, command: x, timeout: 60, env: {A: 1, B: 2, D: 4}, schedules: [{every: 5m},"
                + " {daily: 2:30}]}")
            .jobs()
            .getFirst();
    JobDefinition after =
        file("{name: a, command: y, timeout: 2m, env: {A: 1, C: 3, D: 5}, overlap: queue,"
                + " schedules: [{every: 10m}]}")
            .jobs()
            .getFirst();
    assertThat(Differences.of(before, after))
        .extracting(change -> change.field() + ": " + change.before() + " > " + change.after())
        .containsExactly(
            "command: x > y",
            "timeout: 60 s > 120 s",
            "overlap: skip > queue",
            "env.B: (a value) > ",
            "env.D: (a value) > (another value)",
            "env.C:  > (a value)",
            "schedules[0]: every 5 minutes from 00:00 to 23:59, from 2026-06-15 > every 10 minutes"
                + " from 00:00 to 23:59, from 2026-06-15",
            "schedules[1]: every day at 02:30, from 2026-06-15 > ");
  }

  @Test
  void variables_in_another_order_are_a_change_that_tells_their_names_only() {
    JobDefinition before = file("{name: a, command: x, env: {A: secret, B: 2}}").jobs().getFirst();
    JobDefinition after = file("{name: a, command: x, env: {B: 2, A: secret}}").jobs().getFirst();
    assertThat(Differences.of(before, after))
        .containsExactly(new ApplyResult.Change("env", "A, B", "B, A"));
  }

  @Test
  void a_difference_that_the_words_do_not_show_is_shown_as_it_is_written() {
    JobDefinition before =
        file("{name: a, command: x, schedules: [{every: 5m, id: one}]}").jobs().getFirst();
    JobDefinition after =
        file("{name: a, command: x, schedules: [{every: 5m, id: two}]}").jobs().getFirst();
    assertThat(Differences.of(before, after).getFirst().before()).contains("\"id\":\"one\"");
  }
}
