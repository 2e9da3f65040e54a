package io.cloudtask.center.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.model.Guarantee;
import io.cloudtask.store.Assignments;
import io.cloudtask.store.Leadership.LeaderRow;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who leads, and what a leader that was deposed without noticing can still do: nothing. */
final class DepositionTest {
  @TempDir Path dir;
  private Site site;
  private HookedStore held;
  private Seat first;
  private Seat second;

  @BeforeEach
  void open() {
    site = new Site(dir);
    held = new HookedStore(site.store);
    first = new Seat(site, "center-1", held, Site.SETTINGS);
    second = new Seat(site, "center-2");
    first.round();
    second.round();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private LeaderRow leader() {
    return site.store.read(tx -> tx.leadership().current()).orElseThrow();
  }

  /** The first center sleeps for twice the time of a session, and the second goes on meanwhile. */
  private void secondTakesOver() {
    first.freeze(true);
    site.pass(Site.SESSION.multipliedBy(2));
    second.round();
  }

  @Test
  void one_center_leads_and_the_other_does_nothing() throws Exception {
    site.agent("a");
    site.jobs(5, Guarantee.LEASED);
    second.round();
    assertThat(leader().centerkey()).isEqualTo("center-1");
    assertThat(site.held("a")).isZero();
    first.round();
    assertThat(site.held("a")).isEqualTo(5);
  }

  @Test
  void when_the_leader_dies_another_takes_over_and_moves_nothing() throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    first.round();
    long before = site.held("a");
    secondTakesOver();

    assertThat(leader())
        .extracting(LeaderRow::centerkey, LeaderRow::epoch)
        .containsExactly("center-2", 2L);
    assertThat(site.held("a")).isEqualTo(before);
    assertThat(a.fetch().jobs()).noneMatch(job -> job.recalled());
  }

  @Test
  void a_leader_that_sleeps_between_plan_and_commit_changes_nothing() throws Exception {
    site.agent("a");
    first.round();
    site.jobs(5, Guarantee.LEASED);
    String jobid = site.jobs().getFirst().jobid();
    held.beforeWrite(
        0,
        () -> {
          secondTakesOver();
          site.store.execute(tx -> tx.assignments().recall(jobid, site.now()));
        });
    var before = site.store.read(tx -> tx.assignments().open());
    first.round();

    var after = site.store.read(tx -> tx.assignments().open());
    assertThat(before).isEmpty();
    assertThat(after).hasSize(5).filteredOn(Assignments.Holding::recalled).hasSize(1);
    assertThat(leader().centerkey()).isEqualTo("center-2");
    assertThat(first.mandate.epoch()).as("it believes in its election still").isZero();
  }

  @Test
  void a_leader_that_lost_its_connection_stops_at_once() throws Exception {
    site.agent("a");
    site.jobs(5, Guarantee.LEASED);
    first.session.cut(io.cloudtask.coordination.MemorySession.Cut.BOTH);
    site.hear();
    first.round();
    assertThat(site.held("a")).isZero();
    assertThat(first.mandate.epoch()).isZero();
  }

  @Test
  void one_that_took_its_epoch_too_late_is_overtaken_by_the_one_that_is_elected() throws Exception {
    site.agent("a");
    secondTakesOver();
    // A third center was elected once, slept, and takes its epoch only now.
    site.store.execute(tx -> tx.leadership().take("center-3", site.now()));
    site.jobs(5, Guarantee.LEASED);
    second.round();
    assertThat(site.held("a")).as("it has found out").isZero();
    second.round();
    assertThat(site.held("a")).isEqualTo(5);
    assertThat(leader())
        .extracting(LeaderRow::centerkey, LeaderRow::epoch)
        .containsExactly("center-2", 4L);
  }

  @Test
  void an_agent_that_came_back_while_the_leader_slept_half_way_through_fencing_is_not_fenced()
      throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    first.round();
    long before = site.held("a");
    a.fetch();
    a.crash();
    site.pass(Site.SESSION.plusSeconds(2));
    // The first writing transaction notes that it is gone, the second ends its spans.
    held.beforeWrite(
        1,
        () -> {
          comeBack(a);
          site.pass(Duration.ofSeconds(60));
        });
    first.round();

    assertThat(site.row("a").standing().fenced()).isNull();
    assertThat(site.held("a")).isEqualTo(before);
  }

  private static void comeBack(Worker worker) {
    try {
      worker.comeBack();
    } catch (CoordinationException e) {
      throw new IllegalStateException(e);
    }
  }
}
