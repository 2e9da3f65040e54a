package io.cloudtask.center.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans carried out in a real store. */
class PlacementTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String JOB = "399d4b159c65c9b34d2a3c41";
  private static final String ALPHA = "509794cc-3539-4f58-a4d3-cc02a4f4848f";
  private static final String BETA = "609794cc-3539-4f58-a4d3-cc02a4f4848f";

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("cloudtask.db"), Clock.systemUTC());
    store.execute(tx -> {
      tx.runtimes().create("local", "", List.of(), NOW);
      tx.jobs().create(JOB, definition(List.of(), true), "ann", NOW);
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static JobDefinition definition(List<String> servers, boolean enabled) {
    return new JobDefinition(
        "local",
        "default",
        "hello",
        "echo",
        "",
        List.of(),
        0,
        servers,
        enabled,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        Guarantee.LEASED,
        null,
        "",
        List.of(),
        "");
  }

  private void join(String key, String host) {
    Node node =
        new Node(Node.AGENT, host, "", "local", "linux", "amd64", host, "", 1, true, 1, 1, null);
    store.execute(tx -> tx.agents().hello(key, new Hello("first", 0, 0, node), 255, false, NOW));
  }

  private Set<String> place(Instant now) {
    List<Move> moves = Placement.changes(store.read(tx -> Survey.read(tx, Mode.HASH, Set.of())));
    return store.write(tx -> Placement.carryOut(tx, moves, now));
  }

  private JobRow job() {
    return store.read(tx -> tx.jobs().find(JOB)).orElseThrow();
  }

  private JobSet set(String key) {
    return store.read(tx -> tx.assignments().jobSet(key)).orElseThrow();
  }

  @Test
  void a_job_waits_with_a_reason_and_is_placed_when_that_is_over() {
    assertThat(place(NOW)).isEmpty();
    assertThat(job().stat()).isEqualTo(JobView.REALLOCATING);
    assertThat(job().execerr()).isEqualTo("no agent has joined runtime local");

    join(ALPHA, "alpha");
    assertThat(place(NOW)).containsExactly(ALPHA);
    assertThat(job().agentkey()).isEqualTo(ALPHA);
    assertThat(job().stat()).isEqualTo(JobView.CREATED);
    assertThat(place(NOW)).isEmpty();
    assertThat(set(ALPHA).revision()).isEqualTo(2);
  }

  @Test
  void a_disabled_job_stays_with_its_agent() {
    join(ALPHA, "alpha");
    place(NOW);
    store.execute(tx -> tx.jobs().change(JOB, 1, definition(List.of(), false), "ann", NOW));

    assertThat(place(NOW)).isEmpty();
    assertThat(set(ALPHA).jobs().getFirst().definition().enabled()).isFalse();
  }

  @Test
  void a_deleted_job_leaves_the_set_of_its_agent() {
    join(ALPHA, "alpha");
    place(NOW);
    store.execute(tx -> tx.jobs().delete(JOB, "ann", NOW));

    assertThat(place(NOW)).isEmpty();
    assertThat(set(ALPHA)).isEqualTo(new JobSet(3, List.of()));
  }

  @Test
  void a_job_pinned_elsewhere_is_asked_back_and_moves_when_it_was_given_back() {
    join(ALPHA, "alpha");
    place(NOW);
    join(BETA, "beta");
    store.execute(tx -> tx.jobs().change(JOB, 1, definition(List.of("beta"), true), "ann", NOW));

    assertThat(place(NOW)).isEqualTo(Set.of(ALPHA));
    assertThat(set(ALPHA).jobs().getFirst().recalled()).isTrue();
    assertThat(place(NOW)).isEmpty();
    assertThat(job().agentkey()).isEqualTo(ALPHA);

    Fact dropped = new Fact.Dropped(JOB, 1, NOW.plusSeconds(9));
    ReportBatch batch = new ReportBatch("first", List.of(new Report(1, dropped)), List.of());
    store.execute(tx -> tx.reports().apply(ALPHA, batch, NOW));
    assertThat(place(NOW.plusSeconds(10))).isEqualTo(Set.of(BETA));
    assertThat(set(BETA).jobs().getFirst().from()).isEqualTo(NOW.plusSeconds(9));
    assertThat(job().execerr()).isEmpty();
  }
}
