package io.cloudtask.center.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Agents;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnheldJobsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path dir;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(dir.resolve("cloudtask.db"), Clock.systemUTC());
    store.execute(tx -> tx.runtimes().create("local", "", List.of(), START));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void make(JobDefinition job) {
    store.execute(tx -> tx.jobs().create(Definitions.JOB, job, "admin", START));
  }

  private boolean settle(Instant to) {
    return store.write(tx ->
        UnheldJobs.settle(tx, tx.jobs().find(Definitions.JOB).orElseThrow(), to, ZoneOffset.UTC));
  }

  private List<GapRow> gaps() {
    return store.read(
        tx -> tx.ledger().gaps(Definitions.JOB, START, START.plus(Duration.ofDays(9)), 100));
  }

  @Test
  void what_is_due_in_a_span_is_counted_exactly() {
    JobRow job = Definitions.row(Definitions.cron(true, "*/10 * * * * *"), START, null);
    JobSchedule schedule = JobSchedule.of(job.definition(), ZoneOffset.UTC);
    assertThat(UnheldJobs.decide(job, START.plusSeconds(9), schedule)).isEmpty();
    assertThat(UnheldJobs.decide(job, START.plusSeconds(30), schedule))
        .isEqualTo(
            Optional.of(
                new Fact.Gap(
                    Definitions.JOB,
                    2,
                    START.plusSeconds(10),
                    START.plusSeconds(30),
                    3,
                    GapReason.NO_AGENT,
                    START)));
  }

  @Test
  void round_after_round_makes_one_row() {
    make(Definitions.cron(true, "*/10 * * * * *"));
    for (int i = 1; i <= 12; i++) {
      assertThat(settle(START.plusSeconds(5L * i))).isFalse();
    }
    assertThat(gaps()).hasSize(1);
    assertThat(gaps().getFirst().count()).isEqualTo(6);
    assertThat(gaps().getFirst().last()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void a_long_absence_is_settled_in_slices() {
    make(Definitions.cron(true, "* * * * * *"));
    Instant to = START.plus(Duration.ofDays(1));
    assertThat(settle(to)).isTrue();
    assertThat(settle(to)).isFalse();
    assertThat(gaps()).extracting(GapRow::count).containsExactly(86_400L);
  }

  @Test
  void before_a_change_everything_is_settled_under_the_old_definition() {
    make(Definitions.cron(true, "* * * * * *"));
    Instant change = START.plus(Duration.ofDays(1));
    store.execute(tx -> {
      UnheldJobs.close(tx, Definitions.JOB, change, ZoneOffset.UTC);
      tx.jobs().change(Definitions.JOB, 1, Definitions.cron(false), "admin", change);
    });
    Instant again = change.plus(Duration.ofDays(1));
    store.execute(tx -> {
      UnheldJobs.close(tx, Definitions.JOB, again, ZoneOffset.UTC);
      JobDefinition on = Definitions.cron(true, "0 * * * * *");
      tx.jobs().change(Definitions.JOB, 2, on, "admin", again);
    });
    settle(again.plusSeconds(60));
    assertThat(gaps())
        .extracting(gap -> gap.version() + ": " + gap.count())
        .as("while it was disabled nothing was due")
        .containsExactly("1: 86400", "3: 1");
  }

  @Test
  void before_a_change_also_what_follows_a_range_that_the_next_agent_makes_up_for_is_settled() {
    make(Definitions.atLeastOnce("0 * * * * *"));
    String agent = "509794cc-3539-4f58-a4d3-cc02a4f4848f";
    Instant fence =
        store.write(tx -> {
          tx.agents().hello(agent, new Hello("first", 0, 0, node()), 255, false, tx.now());
          tx.assignments().assign(Definitions.JOB, agent, tx.now());
          return ((Agents.Fencing.Fenced)
                  tx.agents().fence(agent, Instant.EPOCH, Duration.ofSeconds(1), 0))
              .until();
        });
    assertThat(settle(fence.plus(Duration.ofHours(1)))).isFalse();
    assertThat(gapsAfter(fence)).as("the next agent goes on from there").isEmpty();

    store.execute(tx ->
        UnheldJobs.close(tx, Definitions.JOB, fence.plus(Duration.ofHours(1)), ZoneOffset.UTC));
    assertThat(gapsAfter(fence)).extracting(GapRow::count).containsExactly(60L);
  }

  private List<GapRow> gapsAfter(Instant from) {
    return store.read(
        tx -> tx.ledger().gaps(Definitions.JOB, from, from.plus(Duration.ofDays(9)), 100));
  }

  private static Node node() {
    return new Node(
        Node.AGENT,
        "alpha",
        "",
        "local",
        "linux",
        "amd64",
        "10.0.0.1",
        "http://10.0.0.1:8600",
        7,
        true,
        1,
        1,
        null);
  }

  @Test
  void a_job_that_somebody_holds_is_left_to_its_agent() {
    JobDefinition job = Definitions.cron(true, "* * * * * *");
    store.execute(tx ->
        assertThat(
                UnheldJobs.settle(
                    tx,
                    Definitions.row(job, START, "somebody"),
                    START.plusSeconds(60),
                    ZoneOffset.UTC))
            .isFalse());
    assertThat(gaps()).isEmpty();
  }
}
