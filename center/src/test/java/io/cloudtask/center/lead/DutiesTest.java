package io.cloudtask.center.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.notify.NodeEvent.Kind;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.store.AssignmentRow;
import io.cloudtask.store.Assignments;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.UnsettledRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leader does about agents that come, go, and come back. */
final class DutiesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path dir;
  private Site site;
  private Seat leader;

  @BeforeEach
  void open() {
    site = new Site(dir);
    leader = new Seat(site, "center-1");
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Rounds, as often as the leader asks for them, while time passes. */
  private void rounds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      leader.round();
      site.pass(SECOND);
    }
    leader.round();
  }

  @Test
  void jobs_are_placed_on_the_agents_that_are_there_and_the_agents_are_told() throws Exception {
    Worker a = site.agent("a");
    Worker b = site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    leader.round();

    assertThat(site.held("a") + site.held("b")).isEqualTo(20);
    assertThat(site.held("a")).isBetween(9L, 11L);
    assertThat(site.changed).last().isEqualTo(Set.of("a", "b"));
    assertThat(a.fetch().jobs()).hasSize((int) site.held("a"));
    assertThat(b.fetch().closed()).isEmpty();
  }

  @Test
  void the_jobs_of_an_agent_that_dies_run_elsewhere_after_its_session_and_its_lease()
      throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    leader.round();
    long lost = site.held("a");
    a.fetch();
    site.pass(Duration.ofSeconds(3));
    a.lease();
    a.crash();
    rounds(9);
    assertThat(site.held("a")).as("its session lives").isEqualTo(lost);

    rounds(3);

    assertThat(site.held("b")).isEqualTo(20);
    Instant fenced = Objects.requireNonNull(site.row("a").standing().fenced());
    assertThat(site.kinds()).contains(Kind.AGENT_LEFT, Kind.AGENT_FENCED);
    List<UnsettledRow> unsettled = site.unsettled();
    assertThat(unsettled).hasSize((int) lost);
    Instant fence = unsettled.getFirst().to();
    assertThat(fence).isEqualTo(fenced.plus(Site.SETTINGS.skew()));
    String jobid = unsettled.getFirst().jobid();
    List<AssignmentRow> spans = site.store.read(tx -> tx.assignments().history(jobid));
    assertThat(spans).extracting(AssignmentRow::agentkey).containsExactly("a", "b");
    assertThat(spans.getLast().from()).isEqualTo(fence).isEqualTo(spans.getFirst().until());
  }

  @Test
  void the_next_look_is_when_a_lease_is_over_and_not_at_the_next_tick() throws Exception {
    Worker a = site.agent("a");
    leader.round();
    site.pass(Duration.ofSeconds(5));
    a.crash();
    site.pass(Duration.ofSeconds(8));
    a.lease();
    site.pass(Duration.ofSeconds(4));
    assertThat(leader.round()).as("it was lost now").isEqualTo(Duration.ofMillis(4001));
    site.pass(Duration.ofMillis(4001));
    leader.round();
    assertThat(site.kinds()).contains(Kind.AGENT_FENCED);
  }

  @Test
  void an_agent_that_is_back_within_its_session_keeps_everything() throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    leader.round();
    long held = site.held("a");
    a.crash();
    rounds(8);
    a.comeBack();
    rounds(30);

    assertThat(site.held("a")).isEqualTo(held);
    assertThat(site.kinds()).doesNotContain(Kind.AGENT_FENCED);
  }

  @Test
  void an_agent_that_signs_out_has_a_moment_to_start_again() throws Exception {
    Worker a = site.agent("a");
    site.jobs(5, Guarantee.LEASED);
    leader.round();
    site.pass(Duration.ofSeconds(60));
    a.signOut();
    rounds(7);
    assertThat(site.row("a").online()).isFalse();
    assertThat(site.held("a")).isEqualTo(5);
    a.signIn();
    rounds(20);
    assertThat(site.held("a")).isEqualTo(5);
    assertThat(site.kinds())
        .containsExactly(Kind.CENTER_ELECTED, Kind.AGENT_LEFT, Kind.AGENT_JOINED);
  }

  @Test
  void one_that_signs_out_and_stays_away_is_fenced() throws Exception {
    Worker a = site.agent("a");
    site.jobs(5, Guarantee.LEASED);
    leader.round();
    a.signOut();
    rounds(10);
    assertThat(site.held("a")).isZero();
  }

  @Test
  void when_everything_starts_at_once_agents_that_start_a_little_later_keep_their_jobs()
      throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    leader.round();
    long held = site.held("a");
    a.crash();
    leader.resign();
    site.pass(Duration.ofSeconds(100));

    leader = new Seat(site, "center-2");
    rounds(6);
    a.comeBack();
    rounds(20);

    assertThat(site.held("a")).isEqualTo(held);
    assertThat(site.kinds()).doesNotContain(Kind.AGENT_FENCED);
  }

  @Test
  void a_new_agent_gets_its_share_soon_and_one_that_was_dead_after_the_recovery() throws Exception {
    Worker a = site.agent("a");
    site.jobs(20, Guarantee.LEASED);
    rounds(2);
    Worker b = site.agent("b");
    rounds(9);
    assertThat(site.held("b")).isZero();
    rounds(2);
    a.giveBack();
    leader.round();
    assertThat(site.held("b")).isEqualTo(10);

    b.fetch();
    b.crash();
    rounds(20);
    assertThat(site.held("a")).isEqualTo(20);
    b.comeBack();
    rounds(5);
    assertThat(site.kinds()).last().isEqualTo(Kind.AGENT_BACK);
    site.pass(Site.SETTINGS.recovery().minusSeconds(10));
    a.lease();
    b.lease();
    leader.round();
    a.giveBack();
    leader.round();
    assertThat(site.held("b")).as("not yet").isZero();
    site.pass(Duration.ofSeconds(10));
    leader.round();
    a.giveBack();
    leader.round();
    assertThat(site.held("b")).isEqualTo(10);
  }

  @Test
  void a_drained_agent_becomes_empty_and_gets_nothing() throws Exception {
    Worker a = site.agent("a");
    site.agent("b");
    site.jobs(20, Guarantee.LEASED);
    rounds(10);
    site.store.execute(tx -> tx.agents().draining("a", true));
    leader.round();
    a.giveBack();
    leader.round();
    assertThat(site.held("b")).isEqualTo(20);

    site.store.execute(tx -> tx.agents().draining("a", false));
    leader.round();
    List<Assignments.Holding> open = site.store.read(tx -> tx.assignments().open());
    assertThat(open)
        .filteredOn(Assignments.Holding::recalled)
        .as("its share comes back")
        .hasSize(10);
  }

  @Test
  void what_nobody_holds_is_missed_but_not_what_a_successor_will_see_to() throws Exception {
    site.jobs(1, Guarantee.LEASED);
    site.pass(Duration.ofSeconds(10));
    leader.round();
    String jobid = site.jobs().getFirst().jobid();
    assertThat(gaps(jobid)).extracting(GapRow::reason).containsExactly(GapReason.NO_AGENT);

    site.store.execute(tx -> tx.jobs().delete(jobid, "ann", site.now()));
    site.jobs(2, Guarantee.ATLEASTONCE);
    String redone = site.jobs().getFirst().jobid();
    Worker a = site.agent("a");
    leader.round();
    a.fetch();
    a.crash();
    rounds(60);
    assertThat(site.held("a")).isZero();
    assertThat(gaps(redone)).isEmpty();
  }

  private List<GapRow> gaps(String jobid) {
    return site.store.read(
        tx -> tx.ledger().gaps(jobid, Instant.EPOCH, site.now().plusSeconds(9999), 100));
  }

  @Test
  void what_a_dead_agent_never_told_counts_as_missed_in_the_end() throws Exception {
    Worker a = site.agent("a");
    site.jobs(1, Guarantee.LEASED);
    leader.round();
    a.fetch();
    a.crash();
    rounds(15);
    UnsettledRow row = site.unsettled().getFirst();
    site.store.execute(tx -> tx.jobs().delete(row.jobid(), "ann", site.now()));

    site.pass(Site.SETTINGS.horizon().plusSeconds(20));
    leader.round();
    site.pass(Duration.ofSeconds(6));
    leader.round();

    assertThat(site.unsettled()).isEmpty();
    assertThat(gaps(row.jobid()))
        .filteredOn(gap -> gap.reason() == GapReason.AGENT_LOST)
        .singleElement()
        .satisfies(gap -> {
          assertThat(gap.first()).isEqualTo(row.from().plusSeconds(1));
          assertThat(gap.count()).isEqualTo(Duration.between(row.from(), row.to()).toSeconds());
        });
  }

  @Test
  void nobody_is_fenced_where_there_is_only_one_agent() throws Exception {
    leader.resign();
    leader = new Seat(site, "center-2", site.store, LeadSettings.ALONE);
    Worker a = site.agent("a");
    site.jobs(5, Guarantee.LEASED);
    leader.round();
    a.crash();
    rounds(60);
    assertThat(site.held("a")).isEqualTo(5);
    assertThat(site.row("a").standing().fenced()).isNull();
  }
}
