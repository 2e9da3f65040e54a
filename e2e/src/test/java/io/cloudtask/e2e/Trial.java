package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.AgentView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster with jobs of every second, and who watches them from outside. */
record Trial(Cluster cluster, Witness witness) {
  /** Enough on a busy machine. */
  static final Duration SOON = Duration.ofSeconds(90);

  private static final List<String> LEASED = names("leased-", 6);
  private static final List<String> CLAIMED = names("claimed-", 3);
  private static final List<String> NAMES =
      Stream.concat(LEASED.stream(), CLAIMED.stream()).toList();

  private static List<String> names(String first, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> first + i).toList();
  }

  /** Gives the cluster its jobs, and waits until all run. */
  void begin() {
    await()
        .atMost(SOON)
        .until(() ->
            cluster.agentViews().stream().filter(AgentView::online).count()
                == cluster.agents.size());
    StringBuilder jobs = new StringBuilder("runtime: " + Cluster.RUNTIME + "\njobs:\n");
    for (String name : NAMES) {
      jobs.append(
          """
            - name: %s
              guarantee: %s
              command: |
                %s
              schedules:
                - every: 1s
          """
              .formatted(name, name.replaceFirst("-.*", ""), witness.command()));
    }
    cluster.api().apply(jobs.toString());
    settle();
  }

  /** Waits until all agents are there with their shares, and nothing moves any more. */
  private void settle() {
    await().atMost(SOON).untilAsserted(this::isWhole);
    await()
        .atMost(SOON)
        .until(() -> {
          Map<String, String> before = holders();
          awaitStarts(all(), _ -> true, Instant.now());
          return holders().equals(before);
        });
  }

  /**
   * Waits until everything is as it should be, and holds what the jobs saw against the ledger: from
   * an instant on, no fire time was started twice, and each has its answer.
   */
  void isRightSince(Instant from) throws IOException {
    settle();
    Instant over = Instant.now();
    awaitStarts(all(), _ -> true, over);
    Instant first = from.truncatedTo(ChronoUnit.SECONDS);
    Instant last = over.truncatedTo(ChronoUnit.SECONDS);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          for (String job : NAMES) {
            witness.everySecondIsAnswered(cluster.api(), job, first, last);
          }
        });
    witness.nothingStartedTwice();
  }

  private void isWhole() {
    for (WiredAgent agent : cluster.agents) {
      AgentView view = cluster.view(agent);
      assertThat(view.online() && view.fit() && view.fenced() == null && view.jobs() > 0)
          .as("is there and has jobs: %s", view)
          .isTrue();
    }
    assertThat(holders().values()).isSubsetOf(keys());
    assertThat(cluster.leaders()).hasSize(1);
  }

  private Set<String> keys() {
    return cluster.agents.stream().map(agent -> agent.part().key()).collect(Collectors.toSet());
  }

  long epoch() {
    return cluster.leaders().getFirst().epoch();
  }

  /** When another leadership was seen. */
  Instant awaitEpochAfter(long epoch) {
    await()
        .atMost(SOON)
        .until(() -> cluster.leaders().stream().anyMatch(leader -> leader.epoch() > epoch));
    return Instant.now();
  }

  /** Waits until each of the jobs wrote down that it was started for an instant or a later one. */
  void awaitStarts(Set<String> jobs, Predicate<Witness.Start> by, Instant at) {
    assertThat(jobs).isNotEmpty();
    await()
        .atMost(SOON.plus(Duration.between(Instant.now(), at)))
        .until(() ->
            witness.starts().stream()
                .filter(by)
                .filter(start -> !Instant.parse(start.fireTime()).isBefore(at))
                .map(Witness.Start::jobId)
                .collect(Collectors.toSet())
                .containsAll(jobs));
  }

  /** Keys of agents by ids of jobs; "" for nobody. */
  Map<String, String> holders() {
    Map<String, String> holders = new TreeMap<>();
    for (String name : NAMES) {
      var job = cluster.api().job(name);
      String agent = job.agentkey();
      holders.put(job.jobid(), agent == null ? "" : agent);
    }
    return holders;
  }

  Set<String> heldBy(WiredAgent agent) {
    String key = agent.part().key();
    return holders().entrySet().stream()
        .filter(each -> each.getValue().equals(key))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Set<String> all() {
    return ids(NAMES);
  }

  /** Those that need no center to run. */
  Set<String> leased() {
    return ids(LEASED);
  }

  private Set<String> ids(List<String> names) {
    return names.stream().map(name -> cluster.api().job(name).jobid()).collect(Collectors.toSet());
  }
}
