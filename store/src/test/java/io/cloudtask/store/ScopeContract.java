package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.rest.JobState;
import io.cloudtask.model.rest.PackageView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.TreeView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see a part sees that part and no more, in every question that readers ask. */
abstract class ScopeContract extends StoreContract {
  private static final String MARS = "599d4b159c65c9b34d2a3c43";
  private static final Scope LOCAL = Scope.of("ann", Set.of("local"), Set.of());
  private static final Scope DEFAULT =
      Scope.of("ann", Set.of(), Set.of(new Scope.Group("local", "default")));
  private static final Scope BOTH =
      Scope.of("ann", Set.of("mars"), Set.of(new Scope.Group("local", "default")));
  private static final Scope NOTHING = Scope.of("ann", Set.of(), Set.of());

  @BeforeEach
  void fill() {
    runtimes().create("mars", "far away", List.of(), NOW);
    make(JOB, "local", "default");
    make(OTHER_JOB, "local", "other");
    make(MARS, "mars", "default");
  }

  private void make(String jobid, String runtime, String group) {
    JobDefinition job = placed("backup", runtime, group).withFilename(runtime + ".tgz");
    assertThat(jobs().create(jobid, job, "bob", NOW)).isInstanceOf(Jobs.Written.Done.class);
  }

  private static JobDefinition placed(String name, String runtime, String group) {
    JobDefinition d = definition(name);
    return new JobDefinition(
        runtime,
        group,
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
  }

  private void everyJobHasARunAndAGap() {
    hello(AGENT, "alpha", "first", 0);
    for (String jobid : List.of(JOB, OTHER_JOB, MARS)) {
      String runid = Ids.scheduledRunId(jobid, at(1), 1);
      report(
          new Fact.Granted(jobid, runid, 1, at(1), at(90), 1, Trigger.SCHEDULE, false, NOW),
          new Fact.Started(jobid, runid, at(90), 4711));
      ledger().record(new Fact.Gap(jobid, 1, at(5), at(6), 2, GapReason.NO_AGENT, NOW));
    }
  }

  @Test
  void jobs_are_listed_counted_and_found_as_far_as_they_may_be_seen() {
    assertThat(ids(Scope.EVERYTHING)).containsExactly(JOB, OTHER_JOB, MARS);
    assertThat(ids(LOCAL)).containsExactly(JOB, OTHER_JOB);
    assertThat(ids(DEFAULT)).containsExactly(JOB);
    assertThat(ids(BOTH)).containsExactly(JOB, MARS);
    assertThat(ids(NOTHING)).isEmpty();
    JobList list =
        overviews()
            .jobs(
                new JobSearch(JobSearch.Filter.all(BOTH), JobSearch.Order.NAME, false, 0, 9, null));
    assertThat(list.jobs()).hasSize(2);
    assertThat(list.counts()).isEqualTo(Map.of(JobState.CREATED, 2L));
    assertThat(jobs().count(DEFAULT, null)).isEqualTo(1);
    assertThat(jobs().count(DEFAULT, "mars")).isZero();
    assertThat(jobs().named(LOCAL, "backup"))
        .extracting(JobRow::jobid)
        .containsExactly(JOB, OTHER_JOB);
    assertThat(jobs().list(new JobQuery(BOTH, null, null, null, 9, null)).items()).hasSize(2);
    assertThat(overviews().assignments(DEFAULT, "local")).hasSize(1);
    assertThat(assignments().alloc(DEFAULT, "local", null).data()).hasSize(1);
  }

  private List<String> ids(Scope scope) {
    return overviews().ids(JobSearch.Filter.all(scope));
  }

  @Test
  void the_tree_has_the_runtimes_of_which_a_part_may_be_seen() {
    assertThat(overviews().tree(DEFAULT))
        .containsExactly(new TreeView("local", 1, 0, List.of(new TreeView.Group("default", 1, 0))));
    assertThat(overviews().tree(NOTHING)).isEmpty();
  }

  @Test
  void runs_and_gaps_are_where_their_job_is_or_was() {
    everyJobHasARunAndAGap();
    jobs().delete(JOB, "bob", NOW);
    for (Scope scope : List.of(Scope.EVERYTHING, LOCAL, DEFAULT, BOTH, NOTHING)) {
      List<String> seen =
          List.of(JOB, OTHER_JOB, MARS).stream()
              .filter(jobid -> {
                Jobs.Place place = jobs().place(jobid).orElseThrow();
                return scope.covers(place.runtime(), place.group());
              })
              .toList();
      RunSearch.About about = RunSearch.About.any(scope);
      assertThat(runs().search(RunSearch.newest(about, Set.of(), 9)).items())
          .extracting(RunView::jobid)
          .containsExactlyInAnyOrderElementsOf(seen);
      assertThat(
              overviews().histogram(about, at(0), at(9), Duration.ofSeconds(9)).stream()
                  .mapToLong(Overviews.RunCount::runs)
                  .sum())
          .isEqualTo(seen.size());
      assertThat(overviews().gaps(about, at(0), at(9), 9)).hasSameSizeAs(seen);
      assertThat(overviews().late(scope, at(0), Duration.ofSeconds(60), 9)).hasSameSizeAs(seen);
      assertThat(runs().list(new RunQuery(scope, null, Set.of(), null, 9, null)).items())
          .hasSameSizeAs(seen);
    }
    assertThat(overviews().gaps(DEFAULT, List.of(GapReason.NO_AGENT), at(0), 9)).isEmpty();
    assertThat(overviews().gaps(LOCAL, List.of(GapReason.NO_AGENT), at(0), 9)).hasSize(1);
  }

  @Test
  void a_job_that_is_asked_for_by_id_has_to_be_in_sight_too() {
    everyJobHasARunAndAGap();
    RunSearch.About about = new RunSearch.About(DEFAULT, MARS, null, null);
    assertThat(runs().search(RunSearch.newest(about, Set.of(), 9)).items()).isEmpty();
    assertThat(overviews().gaps(about, at(0), at(9), 9)).isEmpty();
  }

  @Test
  void many_jobs_in_sight_are_no_other_question_than_few() {
    everyJobHasARunAndAGap();
    IntStream.range(0, 70)
        .forEach(i -> jobs().create("%024x".formatted(i), definition("more" + i), "bob", NOW));
    assertThat(runs().search(RunSearch.newest(RunSearch.About.any(DEFAULT), Set.of(), 9)).items())
        .extracting(RunView::jobid)
        .containsExactly(JOB);
  }

  @Test
  void a_search_finds_what_may_be_seen() throws IOException {
    everyJobHasARunAndAGap();
    upload("local.tgz", "bob");
    upload("mars.tgz", "bob");
    assertThat(kinds(DEFAULT, "backup")).containsExactly("job");
    assertThat(kinds(LOCAL, "backup")).containsExactly("job", "job");
    assertThat(kinds(DEFAULT, "mars")).isEmpty();
    assertThat(kinds(BOTH, "mars")).containsExactly("runtime", "package");
    assertThat(kinds(DEFAULT, "alpha")).containsExactly("agent");
    assertThat(kinds(NOTHING, "alpha")).isEmpty();
    String run = Ids.scheduledRunId(MARS, at(1), 1).substring(0, 12);
    assertThat(kinds(DEFAULT, run)).hasSize(1);
    assertThat(kinds(BOTH, run)).hasSize(2);
  }

  private List<String> kinds(Scope scope, String text) {
    return overviews().search(scope, text, 9).stream().map(Overviews.Hit::kind).toList();
  }

  @Test
  void an_agent_is_seen_with_any_part_of_its_runtime() {
    hello(AGENT, "alpha", "first", 0);
    assertThat(agents().views(DEFAULT, null)).hasSize(1);
    assertThat(agents().views(DEFAULT, "local")).hasSize(1);
    assertThat(agents().views(Scope.of("ann", Set.of("mars"), Set.of()), null)).isEmpty();
  }

  @Test
  void a_package_is_seen_with_a_job_that_needs_it_and_by_who_uploaded_it() throws IOException {
    upload("local.tgz", "bob");
    upload("mars.tgz", "bob");
    upload("new.tgz", "ann");
    assertThat(packages().list(DEFAULT))
        .extracting(PackageView::name)
        .containsExactlyInAnyOrder("local.tgz", "new.tgz");
    assertThat(packages().find(DEFAULT, "local.tgz").orElseThrow().jobs()).isEqualTo(1);
    assertThat(packages().find(LOCAL, "local.tgz").orElseThrow().jobs()).isEqualTo(2);
    assertThat(packages().find(DEFAULT, "mars.tgz")).isEmpty();
    assertThat(packages().find(NOTHING, "local.tgz")).isEmpty();
  }

  private void upload(String name, String user) throws IOException {
    new PackageFiles(store).put(name, Files.writeString(folder.resolve("up"), name), user, NOW);
  }

  @Test
  void a_rule_is_seen_by_who_may_see_all_that_it_is_about() {
    rule("all", "", "", "");
    rule("runtime", "local", "", "");
    rule("group", "local", "default", "");
    rule("job", "", "", MARS);
    assertThat(rules(Scope.EVERYTHING)).containsExactly("all", "group", "job", "runtime");
    assertThat(rules(LOCAL)).containsExactly("group", "runtime");
    assertThat(rules(DEFAULT)).containsExactly("group");
    assertThat(rules(BOTH)).containsExactly("group", "job");
    assertThat(rules(NOTHING)).isEmpty();
    assertThat(notifications().notices(BOTH, 9, null).items())
        .extracting(NoticeRow::ruleid)
        .containsExactlyInAnyOrder("group", "job");
  }

  private List<String> rules(Scope scope) {
    List<RuleRow> rules = notifications().rules(scope);
    assertThat(
            notifications().rules().stream()
                .filter(rule -> notifications().covers(scope, rule.about())))
        .containsExactlyElementsOf(rules);
    return rules.stream().map(RuleRow::ruleid).toList();
  }

  private void rule(String ruleid, String runtime, String group, String jobid) {
    notifications()
        .save(
            new RuleRow(
                ruleid,
                ruleid,
                new RuleRow.About(runtime, group, jobid),
                Set.of(EventKind.FAILED),
                new RuleRow.Way(RuleRow.Channel.MAIL, List.of("a@example.org"), "", ""),
                true,
                false,
                "bob",
                NOW));
    EventRow event = new EventRow(EventKind.FAILED, NOW, JOB, "", "", "");
    notifications().save(NoticeRow.of(ruleid, event, NOW, NOW));
  }
}
