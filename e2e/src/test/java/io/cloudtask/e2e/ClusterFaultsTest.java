package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cluster, and one fault after another. Whatever happens, no fire time is started twice, and
 * when it is over each due instant has its answer, which agrees with what the jobs wrote down
 * themselves; and the cluster is whole again without help.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFaultsTest {
  private static final Duration SOON = Trial.SOON;

  /** More than two sessions. */
  private static final Duration LONG = Cluster.SESSION.multipliedBy(2).plusSeconds(1);

  @TempDir static Path dir;
  private Cluster cluster;
  private Trial trial;
  private Instant began;

  @BeforeAll
  void start() throws Exception {
    cluster = Cluster.start(dir, 3);
    trial = new Trial(cluster, new Witness(dir.resolve("witness")));
    trial.begin();
  }

  @AfterAll
  void end() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void begin() {
    began = Instant.now();
  }

  @AfterEach
  void nothing_is_twice_and_nothing_is_lost() throws Exception {
    cluster.heal();
    trial.isRightSince(began);
  }

  @Test
  void the_jobs_of_a_killed_agent_run_on_the_others_and_its_share_returns() throws Exception {
    WiredAgent victim = cluster.agents.getFirst();
    Map<String, String> before = trial.holders();
    Set<String> its = trial.heldBy(victim);

    victim.part().kill();

    trial.awaitStarts(its, start -> !victim.started(start), Instant.now());
    assertThat(trial.holders())
        .as("only its jobs move")
        .containsAllEntriesOf(without(before, victim.part().key()));
  }

  @Test
  void coordinators_are_killed_and_started_one_by_one() throws Exception {
    for (Part server : cluster.coordinators) {
      server.kill();
      trial.awaitStarts(trial.all(), _ -> true, Instant.now().plus(Cluster.SESSION));
      server.start();
      trial.awaitStarts(trial.all(), _ -> true, Instant.now());
    }
  }

  /** For three rounds, or for so many seconds: {@code -Dcloudtask.e2e.leaders=300}. */
  @Test
  @Timeout(900)
  void when_leaders_are_killed_and_coordinators_with_them_others_lead_and_nothing_moves()
      throws Exception {
    Instant over = Instant.now().plusSeconds(Long.getLong("cloudtask.e2e.leaders", 0));
    Map<String, String> before = trial.holders();
    for (int round = 0; round < 3 || Instant.now().isBefore(over); round++) {
      Part server = cluster.coordinators.get(round % cluster.coordinators.size());
      Part leader = cluster.leader();
      long epoch = trial.epoch();

      leader.kill();
      server.kill();

      trial.awaitStarts(trial.all(), _ -> true, trial.awaitEpochAfter(epoch));
      leader.start();
      server.start();
      assertThat(trial.holders()).isEqualTo(before);
    }
  }

  @Test
  void agents_go_on_while_the_database_is_away() throws Exception {
    Duration away = Duration.ofSeconds(Long.getLong("cloudtask.e2e.database", 6));
    Map<String, String> before = trial.holders();
    Set<String> leased = trial.leased();
    try {
      cluster.database().kill();
      trial.awaitStarts(leased, _ -> true, Instant.now().plus(away));
    } finally {
      cluster.database().restart();
    }
    await().atMost(SOON).ignoreExceptions().until(() -> trial.holders().equals(before));
  }

  @Test
  void a_leader_that_wakes_up_changes_nothing() throws Exception {
    long epoch = trial.epoch();
    Map<String, String> before = trial.holders();
    Part frozen = cluster.leader();

    frozen.freeze();
    Instant since = Instant.now();
    Instant elected = trial.awaitEpochAfter(epoch);
    trial.awaitStarts(trial.all(), _ -> true, elected);
    trial.awaitStarts(trial.all(), _ -> true, since.plus(LONG));
    long next = trial.epoch();
    frozen.start();

    trial.awaitStarts(trial.all(), _ -> true, Instant.now().plus(LONG));
    assertThat(trial.epoch()).isEqualTo(next);
    assertThat(cluster.leaders()).hasSize(1);
    assertThat(trial.holders()).isEqualTo(before);
  }

  @Test
  void an_agent_that_wakes_up_starts_nothing_that_is_not_its_own_any_more() throws Exception {
    WiredAgent frozen = cluster.agents.get(1);
    Set<String> its = trial.heldBy(frozen);

    frozen.part().freeze();

    trial.awaitStarts(its, start -> !frozen.started(start), Instant.now().plus(LONG));
  }

  @Test
  void an_agent_that_is_cut_from_the_coordinator_goes_on_by_the_word_of_the_centers()
      throws Exception {
    WiredAgent cut = cluster.agents.get(2);
    Map<String, String> before = trial.holders();
    Set<String> its = trial.heldBy(cut);

    cut.cutFromCoordinator();

    await().atMost(SOON).until(() -> !cluster.view(cut).online());
    trial.awaitStarts(its, cut::started, Instant.now().plus(LONG));
    assertThat(trial.holders()).isEqualTo(before);
  }

  @Test
  void an_agent_that_is_cut_from_the_centers_goes_on_by_the_word_of_the_coordinator()
      throws Exception {
    WiredAgent cut = cluster.agents.getFirst();
    Map<String, String> before = trial.holders();
    Set<String> leased = trial.leased();
    leased.retainAll(trial.heldBy(cut));

    cut.cutFromCenters();

    trial.awaitStarts(leased, cut::started, Instant.now().plus(LONG.multipliedBy(2)));
    assertThat(trial.holders()).isEqualTo(before);
  }

  @Test
  void the_jobs_of_an_agent_that_is_cut_from_both_run_on_the_others() throws Exception {
    WiredAgent cut = cluster.agents.get(1);
    Set<String> its = trial.heldBy(cut);

    cut.cutFromCoordinator();
    cut.cutFromCenters();

    trial.awaitStarts(its, start -> !cut.started(start), Instant.now().plus(LONG));
    assertThat(cluster.view(cut).fenced()).isNotNull();
  }

  @Test
  void an_agent_whose_disk_is_full_starts_nothing_and_says_so() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(dir.resolve("small")), 24)) {
      WiredAgent full = cluster.addAgent(disk.root().resolve("agent"));
      try {
        await().atMost(SOON).until(() -> !trial.heldBy(full).isEmpty());
        trial.awaitStarts(trial.heldBy(full), full::started, Instant.now());
        disk.fillBut(0);
        Instant since = Instant.now();
        await()
            .atMost(SOON)
            .untilAsserted(() -> {
              Instant now = Instant.now().minusSeconds(3);
              assertThat(now).isAfter(since);
              assertThat(trial.witness().starts().stream().filter(full::started))
                  .noneMatch(start -> Instant.parse(start.fireTime()).isAfter(now));
            });
        disk.free();
        trial.awaitStarts(trial.heldBy(full), full::started, Instant.now());
        // It does not come back, so it has to give back what it owns.
        String drain = "/api/v1/agents/" + full.part().key() + "/drain";
        assertThat(cluster.api().send("POST", drain, "{}").statusCode()).isLessThan(300);
        await().atMost(SOON).until(() -> trial.heldBy(full).isEmpty());
        full.part().stop();
      } finally {
        cluster.agents.remove(full);
        full.part().close();
      }
    }
  }

  private static Map<String, String> without(Map<String, String> holders, String key) {
    Map<String, String> others = new TreeMap<>(holders);
    others.values().removeIf(key::equals);
    return others;
  }
}
