package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class JobsContract extends StoreContract {
  @Test
  void a_job_reads_back_as_it_was_written() {
    JobRow created = create(JOB, "hello");
    reopen();

    assertThat(job()).isEqualTo(created);
    assertThat(created.definition()).isEqualTo(definition("hello"));
    assertThat(created.version()).isEqualTo(1);
    assertThat(created.stat()).isEqualTo(JobView.CREATED);
    assertThat(created.fence()).isEqualTo(NOW);
    assertThat(created.agentkey()).isNull();
    assertThat(jobs().find("local", "default", "hello")).contains(created);
    assertThat(jobs().named(Scope.EVERYTHING, "hello")).containsExactly(created);
  }

  @Test
  void a_name_is_unique_within_runtime_and_group() {
    create(JOB, "hello");

    assertThat(jobs().create(OTHER_JOB, definition("hello"), "bob", NOW))
        .isEqualTo(new Jobs.Written.NameTaken(JOB));
    create(OTHER_JOB, "other");
    assertThat(jobs().change(OTHER_JOB, 1, definition("hello"), "bob", NOW))
        .isEqualTo(new Jobs.Written.NameTaken(JOB));
    assertThat(jobs().find(OTHER_JOB).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void a_job_of_an_unknown_runtime_is_refused() {
    JobDefinition d = definition("hello");
    JobDefinition elsewhere =
        new JobDefinition(
            "mars",
            d.group(),
            d.name(),
            d.command(),
            d.filename(),
            d.env(),
            d.timeout(),
            d.servers(),
            d.enabled(),
            d.overlap(),
            d.missed(),
            d.startdeadline(),
            d.guarantee(),
            d.ondisconnect(),
            d.timezone(),
            d.schedules(),
            d.description());

    assertThat(jobs().create(JOB, elsewhere, "ann", NOW))
        .isEqualTo(new Jobs.Written.UnknownRuntime());
    assertThat(jobs().count(Scope.EVERYTHING, null)).isZero();
  }

  @Test
  void a_change_makes_a_version_that_says_who_and_when() {
    create(JOB, "hello");
    JobDefinition off = definition("hello").withEnabled(false);

    assertThat(jobs().change(JOB, 1, off, "bob", at(60))).isInstanceOf(Jobs.Written.Done.class);

    assertThat(job().version()).isEqualTo(2);
    assertThat(job().definition()).isEqualTo(off);
    assertThat(job().edituser()).isEqualTo("bob");
    assertThat(job().createuser()).isEqualTo("ann");
    assertThat(jobs().versions(JOB))
        .containsExactly(
            new VersionRow(JOB, 1, definition("hello"), "ann", NOW),
            new VersionRow(JOB, 2, off, "bob", at(60)));
    assertThat(jobs().versionAt(JOB, at(59)).orElseThrow().version()).isEqualTo(1);
    assertThat(jobs().versionAt(JOB, at(60)).orElseThrow().version()).isEqualTo(2);
    assertThat(jobs().versionAt(JOB, at(-1))).isEmpty();
  }

  @Test
  void a_change_based_on_an_older_version_is_refused() {
    create(JOB, "hello");
    jobs().change(JOB, 1, definition("hello"), "bob", NOW);

    assertThat(jobs().change(JOB, 1, definition("late"), "carl", NOW))
        .isEqualTo(new Jobs.Written.Stale(2));
    assertThat(job().definition().name()).isEqualTo("hello");
    assertThat(jobs().change(OTHER_JOB, 1, definition("x"), "carl", NOW))
        .isEqualTo(new Jobs.Written.UnknownJob());
  }

  @Test
  void a_deleted_job_is_gone_and_its_name_free_but_its_versions_stay() {
    aJobThatAnAgentHolds();

    JobRow deleted = jobs().delete(JOB, "bob", at(60)).orElseThrow();

    assertThat(deleted.agentkey()).isEqualTo(AGENT);
    assertThat(jobs().find(JOB)).isEmpty();
    assertThat(jobs().list(all(10, null)).items()).isEmpty();
    assertThat(jobs().placeable()).isEmpty();
    assertThat(jobs().versions(JOB)).hasSize(1);
    assertThat(jobs().delete(JOB, "bob", at(61))).isEmpty();
    create(OTHER_JOB, "hello");
  }

  @Test
  void a_list_comes_in_pages_in_the_order_of_names() {
    for (int i = 9; i >= 0; i--) {
      create("%024x".formatted(i), "job-" + (i % 2 == 0 ? "even" : "ODD") + i);
    }
    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      JobQuery query = all(3, after);
      Page<JobRow> page = jobs().list(query);
      assertThat(page.items().size()).isBetween(1, 3);
      page.items().forEach(j -> seen.add(j.definition().name()));
      after = page.next();
    } while (after != null);

    assertThat(seen).hasSize(10).isSorted().doesNotHaveDuplicates();
    assertThat(names(new JobQuery(Scope.EVERYTHING, "local", "default", "odd", 100, null)))
        .hasSize(5);
    assertThat(names(new JobQuery(Scope.EVERYTHING, null, null, "%", 100, null))).isEmpty();
    assertThat(names(new JobQuery(Scope.EVERYTHING, "mars", null, null, 100, null))).isEmpty();
    assertThatThrownBy(() -> jobs().list(all(3, "%%%")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(jobs().count(Scope.EVERYTHING, "local")).isEqualTo(10);
  }

  private List<String> names(JobQuery query) {
    return jobs().list(query).items().stream().map(j -> j.definition().name()).toList();
  }

  private static JobQuery all(int limit, @Nullable String after) {
    return new JobQuery(Scope.EVERYTHING, null, null, null, limit, after);
  }

  @Test
  void why_nobody_can_take_a_job_is_said_until_somebody_does() {
    create(JOB, "hello");

    jobs().unplaced(JOB, "no agent has joined runtime local");

    assertThat(job().stat()).isEqualTo(JobView.REALLOCATING);
    assertThat(job().execerr()).isEqualTo("no agent has joined runtime local");
    assertThat(jobs().placeable())
        .containsExactly(
            new Placeable(JOB, "local", List.of(), "no agent has joined runtime local"));
    hello(AGENT, "alpha", "first", 0);
    assignments().assign(JOB, AGENT, NOW);
    assertThat(job().stat()).isEqualTo(JobView.CREATED);
    assertThat(job().execerr()).isEmpty();
  }

  @Test
  void the_fence_moves_on_while_nobody_holds_the_job_and_never_back() {
    create(JOB, "hello");

    jobs().fence(JOB, at(60));
    jobs().fence(JOB, at(30));

    assertThat(job().fence()).isEqualTo(at(60));
    hello(AGENT, "alpha", "first", 0);
    AssignmentRow assignment = assignments().assign(JOB, AGENT, at(70)).orElseThrow();
    assertThat(assignment.from()).isEqualTo(at(60));
    jobs().fence(JOB, at(90));
    assertThat(job().fence()).isEqualTo(at(60));
  }

  @Test
  void packages_that_versions_named_are_listed_newest_first() {
    create(JOB, "hello");
    jobs().change(JOB, 1, withPackage(definition("hello"), "a.tgz"), "ann", at(1));
    jobs().change(JOB, 2, withPackage(definition("hello"), "b.tgz"), "ann", at(2));
    jobs().change(JOB, 3, withPackage(definition("hello"), "a.tgz"), "ann", at(3));

    assertThat(jobs().files(JOB))
        .containsExactly(new Jobs.JobFile("b.tgz", at(2)), new Jobs.JobFile("a.tgz", at(1)));
  }

  @Test
  void the_next_fire_time_is_kept_for_display() {
    create(JOB, "hello");
    jobs().next(JOB, at(5));
    assertThat(job().nextat()).isEqualTo(at(5));
    jobs().next(JOB, null);
    assertThat(job().nextat()).isNull();
  }
}
