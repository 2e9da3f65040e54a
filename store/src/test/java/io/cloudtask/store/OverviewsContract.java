package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.JobState;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.TreeView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class OverviewsContract extends StoreContract {
  private static final JobSearch.Filter ALL = JobSearch.Filter.all(Scope.EVERYTHING);

  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
    create(OTHER_JOB, "Nightly 100%");
    jobs().unplaced(OTHER_JOB, "no agent");
    for (int second = 1; second <= 30; second++) {
      RunState state = second % 3 == 0 ? RunState.FAILED : RunState.SUCCEEDED;
      report(Facts.granted(at(second)), Facts.ended(at(second), state, ""));
    }
  }

  private JobList search(JobSearch.Filter filter, JobSearch.Order order, boolean descending) {
    return overviews().jobs(new JobSearch(filter, order, descending, 0, 100, null));
  }

  private static List<String> names(JobList list) {
    return list.jobs().stream().map(entry -> entry.job().definition().name()).toList();
  }

  @Test
  void jobs_are_found_by_state_and_counted() {
    JobList all = search(ALL, JobSearch.Order.PLACE, false);
    assertThat(names(all)).containsExactly("Nightly 100%", "hello");
    assertThat(all.counts()).containsOnlyKeys(JobState.UNPLACED, JobState.FAILED);
    assertThat(
            names(
                search(
                    JobSearch.Filter.of(Scope.EVERYTHING, JobState.FAILED),
                    JobSearch.Order.NAME,
                    true)))
        .containsExactly("hello");
    assertThat(
            search(JobSearch.Filter.of(Scope.EVERYTHING, JobState.IDLE), JobSearch.Order.NAME, true)
                .counts())
        .isEqualTo(all.counts());
  }

  @Test
  void jobs_are_found_by_text_owner_and_place() {
    assertThat(named(new JobSearch.Filter(Scope.EVERYTHING, null, null, null, null, "100%", null)))
        .hasSize(1);
    assertThat(named(new JobSearch.Filter(Scope.EVERYTHING, null, null, null, null, "0_", null)))
        .isEmpty();
    assertThat(
            named(new JobSearch.Filter(Scope.EVERYTHING, null, null, null, null, "399d4b", null)))
        .containsExactly("hello");
    assertThat(named(new JobSearch.Filter(Scope.EVERYTHING, null, null, null, null, null, "ann")))
        .hasSize(2);
    assertThat(named(new JobSearch.Filter(Scope.EVERYTHING, null, null, null, null, null, "bob")))
        .isEmpty();
    assertThat(
            named(
                new JobSearch.Filter(
                    Scope.EVERYTHING, "local", "default", null, "HELL", null, null)))
        .containsExactly("hello");
    assertThat(
            named(new JobSearch.Filter(Scope.EVERYTHING, "local", "other", null, null, null, null)))
        .isEmpty();
  }

  private List<String> named(JobSearch.Filter filter) {
    assertThat(overviews().ids(filter))
        .hasSameSizeAs(names(search(filter, JobSearch.Order.PLACE, false)));
    return names(search(filter, JobSearch.Order.PLACE, false));
  }

  @Test
  void jobs_come_in_every_order_and_by_offset_or_position() {
    for (JobSearch.Order order : JobSearch.Order.values()) {
      assertThat(search(ALL, order, false).jobs()).as(order.name()).hasSize(2);
      assertThat(search(ALL, order, true).jobs()).as(order.name()).hasSize(2);
    }
    assertThat(names(search(ALL, JobSearch.Order.EXECAT, true)).getFirst()).isEqualTo("hello");
    assertThat(names(search(ALL, JobSearch.Order.PLACE, true)).getFirst()).isEqualTo("hello");
    JobList first = overviews().jobs(new JobSearch(ALL, JobSearch.Order.PLACE, false, 0, 1, null));
    JobList second =
        overviews().jobs(new JobSearch(ALL, JobSearch.Order.PLACE, false, 0, 1, first.next()));
    assertThat(names(second)).containsExactly("hello");
    assertThat(second.next()).isNull();
    assertThat(overviews().jobs(new JobSearch(ALL, JobSearch.Order.NAME, false, 1, 1, null)).jobs())
        .hasSize(1);
  }

  @Test
  void the_last_runs_of_jobs_come_oldest_first() {
    var runs = overviews().lastRuns(List.of(JOB, OTHER_JOB, "none"), 20);
    assertThat(runs).containsOnlyKeys(JOB);
    var last = Objects.requireNonNull(runs.get(JOB));
    assertThat(last).hasSize(20);
    assertThat(last.getFirst().at()).isEqualTo(at(11));
    assertThat(last.getLast().state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void the_tree_counts_jobs_by_group() {
    runtimes().create("empty", "", List.of(), NOW);
    assertThat(overviews().tree(Scope.EVERYTHING))
        .containsExactly(
            new TreeView("empty", 0, 0, List.of()),
            new TreeView("local", 2, 2, List.of(new TreeView.Group("default", 2, 2))));
  }

  @Test
  void runs_are_found_by_place_time_and_trigger_in_both_directions() {
    assertThat(times(new RunSearch.About(Scope.EVERYTHING, null, "local", null), null, null, false))
        .hasSize(30);
    assertThat(
            times(
                new RunSearch.About(Scope.EVERYTHING, null, "local", "default"),
                at(10),
                at(12),
                true))
        .containsExactly(at(10), at(11));
    assertThat(times(new RunSearch.About(Scope.EVERYTHING, null, "other", null), null, null, false))
        .isEmpty();
    assertThat(
            times(
                new RunSearch.About(Scope.EVERYTHING, null, null, "default"), at(29), null, false))
        .containsExactly(at(30), at(29));
    assertThat(times(RunSearch.About.job(JOB), null, at(2), false)).containsExactly(at(1));
    assertThat(triggered(Trigger.MANUAL)).isEmpty();
    assertThat(triggered(Trigger.SCHEDULE)).hasSize(30);
  }

  private List<RunView> triggered(Trigger trigger) {
    return runs()
        .search(
            new RunSearch(
                RunSearch.About.any(Scope.EVERYTHING),
                AGENT,
                Set.of(),
                Set.of(trigger),
                null,
                null,
                true,
                99,
                null))
        .items();
  }

  /** Page by page. */
  private List<Instant> times(
      RunSearch.About about, @Nullable Instant from, @Nullable Instant to, boolean ascending) {
    List<Instant> times = new ArrayList<>();
    @Nullable String after = null;
    do {
      var page =
          runs()
              .search(
                  new RunSearch(about, null, Set.of(), Set.of(), from, to, ascending, 7, after));
      page.items().forEach(run -> times.add(run.fireat()));
      after = page.next();
    } while (after != null);
    return times;
  }

  @Test
  void runs_are_counted_in_buckets() {
    var counts =
        overviews()
            .histogram(
                new RunSearch.About(Scope.EVERYTHING, null, "local", null),
                at(1),
                at(21),
                Duration.ofSeconds(10));
    assertThat(counts)
        .containsExactlyInAnyOrder(
            new Overviews.RunCount(0, RunState.FAILED, 3),
            new Overviews.RunCount(0, RunState.SUCCEEDED, 7),
            new Overviews.RunCount(1, RunState.FAILED, 3),
            new Overviews.RunCount(1, RunState.SUCCEEDED, 7));
    assertThat(
            overviews()
                .histogram(RunSearch.About.job(OTHER_JOB), at(1), at(21), Duration.ofSeconds(10)))
        .isEmpty();
  }

  @Test
  void gaps_come_newest_first_by_job_place_and_reason() {
    ledger().record(Facts.gap(at(40), at(44), 5, GapReason.NO_AGENT, at(30)));
    ledger().record(Facts.gap(at(50), at(50), 1, GapReason.OVERLAP, at(45)));
    assertThat(overviews().gaps(RunSearch.About.job(JOB), at(42), at(99), 9))
        .extracting(gap -> gap.row().first())
        .containsExactly(at(50), at(40));
    assertThat(
            overviews()
                .gaps(new RunSearch.About(Scope.EVERYTHING, null, "other", null), at(0), at(99), 9))
        .isEmpty();
    assertThat(
            overviews()
                .gaps(Scope.EVERYTHING, List.of(GapReason.NO_AGENT, GapReason.LATE), at(0), 9))
        .extracting(Overviews.Gap::jobname)
        .containsExactly("hello");
  }

  @Test
  void holders_hits_sizes_and_marks_are_told() {
    assertThat(overviews().assignments(Scope.EVERYTHING, "local"))
        .extracting(Overviews.Held::agentkey)
        .containsExactly(null, AGENT);
    assertThat(overviews().enabled()).hasSize(2);
    assertThat(overviews().search(Scope.EVERYTHING, "HEL", 5))
        .extracting(Overviews.Hit::id)
        .containsExactly(JOB);
    assertThat(overviews().search(Scope.EVERYTHING, "alpha", 5))
        .extracting(Overviews.Hit::kind)
        .containsExactly("agent");
    assertThat(overviews().search(Scope.EVERYTHING, "loc", 5))
        .extracting(Overviews.Hit::kind)
        .containsExactly("runtime");
    RunView run =
        runs()
            .search(RunSearch.newest(RunSearch.About.any(Scope.EVERYTHING), Set.of(), 1))
            .items()
            .getFirst();
    assertThat(overviews().search(Scope.EVERYTHING, run.runid(), 5))
        .extracting(Overviews.Hit::kind)
        .containsExactly("run");
    assertThat(overviews().sizes().runs()).isEqualTo(30);
    assertThat(overviews().sizes().bytes()).isGreaterThan(10_000);
    Overviews.Marks before = overviews().marks();
    create("599d4b159c65c9b34d2a3c43", "another");
    assertThat(overviews().marks().jobs()).isGreaterThan(before.jobs());
    assertThat(overviews().marks().reported()).isEqualTo(before.reported());
    assertThat(overviews().late(Scope.EVERYTHING, at(0), Duration.ofMinutes(1), 5)).isEmpty();
  }
}
