package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.rest.CenterView;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.AssignmentRow;
import io.cloudtask.store.PackageFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two centers on one store and one coordinator. */
final class TwoCentersTest {
  private static final String OTHER = "609794cc-3539-4f58-a4d3-cc02a4f4848f";
  private static final String EVERY_MINUTE =
      "jobs: [{name: a, command: x, schedules: [{every: 1m}]}]";

  @TempDir Path dir;
  private RunningCenter first;
  private RunningCenter second;

  @BeforeEach
  void start() throws Exception {
    first = RunningCenter.first(Files.createDirectory(dir.resolve("first")));
    await().until(() -> first.center.epoch() == 1);
    second = new RunningCenter(first, Files.createDirectory(dir.resolve("second")));
  }

  @AfterEach
  void stop() {
    second.close();
    first.close();
  }

  private AgentRow row(String key) {
    return first.store.read(tx -> tx.agents().find(key)).orElseThrow();
  }

  private List<AssignmentRow> open() {
    return first.store.read(tx ->
        tx.assignments().open().stream()
            .map(held -> tx.assignments().open(held.jobid()).orElseThrow())
            .toList());
  }

  @Test
  void one_leads_and_both_say_which() throws Exception {
    await().until(() -> second.get("/api/v1/centers").as(CenterView[].class).length == 2);
    for (RunningCenter asked : List.of(first, second)) {
      CenterView[] centers = asked.get("/api/v1/centers").as(CenterView[].class);
      assertThat(Arrays.stream(centers).filter(CenterView::leader))
          .singleElement()
          .satisfies(leader -> assertThat(leader.key()).isEqualTo(first.center.key()));
    }
    assertThat(second.center.epoch()).isZero();
  }

  @Test
  void what_the_standby_takes_the_leader_places_at_once() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    try (FakeAgent _ = new FakeAgent(first);
        var _ = first.session.watchBell("PLAN", rung::incrementAndGet)) {
      await().until(() -> row(FakeAgent.KEY).online());
      second.applied(EVERY_MINUTE);
      await().until(() -> second.job("a").agent() != null);
      await().until(() -> rung.get() > 0);
      assertThat(first.job("a")).isEqualTo(second.job("a"));
    }
  }

  @Test
  void a_package_that_one_took_comes_from_the_other_at_the_port_of_the_agents() throws Exception {
    Path file = Files.writeString(dir.resolve("package"), "what it holds");
    new PackageFiles(first.store).put("a.tgz", file, "ann", RunningCenter.NOW);
    URI address =
        URI.create("http://127.0.0.1:" + second.center.centerPort() + "/api/file/default/a.tgz");
    try (HttpClient agent = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + RunningCenter.CLUSTER)
              .build();
      assertThat(agent.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("what it holds");
    }
  }

  @Test
  void when_the_leader_ends_the_other_leads_and_moves_nothing() throws Exception {
    first.applied(EVERY_MINUTE);
    try (FakeAgent agent = new FakeAgent(first)) {
      await().until(() -> !open().isEmpty());
      List<AssignmentRow> before = open();
      first.center.close();
      await().until(() -> second.center.epoch() == 2);
      agent.use(second);
      agent.hello();
      second.applied("jobs: [{name: b, command: x}]");

      await().until(() -> second.job("b").agent() != null);
      assertThat(open()).containsAll(before);
    }
  }

  @Test
  void a_leader_without_its_session_stops_and_serves_on() throws Exception {
    first.session.cut(MemorySession.Cut.BOTH);
    first.coordination.expire(first.session);
    await().until(() -> second.center.epoch() == 2);
    assertThat(first.center.epoch()).isZero();
    assertThat(first.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(first.apply(EVERY_MINUTE).status()).isEqualTo(200);
    assertThat(first.job("a").stat()).isEqualTo(JobView.CREATED);
  }

  @Test
  void the_ledger_goes_on_where_a_dead_agent_was_and_is_corrected_when_it_comes_back()
      throws Exception {
    String jobid = first.made(EVERY_MINUTE);
    try (FakeAgent dead = new FakeAgent(first);
        FakeAgent successor = new FakeAgent(second, OTHER, "vm2")) {
      await().until(() -> !open().isEmpty());
      FakeAgent owner = open().getFirst().agentkey().equals(OTHER) ? successor : dead;
      FakeAgent heir = owner == dead ? successor : dead;
      Instant cursor = RunningCenter.NOW;
      owner.hello();
      owner.report(
          new Fact.Took(jobid, 1, 1, cursor, "UTC"),
          new Fact.Gap(
              jobid,
              1,
              cursor.plusSeconds(60),
              cursor.plusSeconds(60),
              1,
              GapReason.OVERLAP,
              cursor));
      first.clock.advance(Duration.ofMinutes(5));
      heir.hello();
      owner.crash();

      await().until(() -> open().stream().anyMatch(span -> span.agentkey().equals(heir.key)));
      AssignmentRow span = open().getFirst();
      assertThat(span.from()).isEqualTo(cursor.plusSeconds(301));
      assertThat(second.why("2026-06-15T20:01:00Z").verdict()).isEqualTo(WhyView.Verdict.SKIPPED);
      WhyView unknown = second.why("2026-06-15T20:03:00Z");
      assertThat(unknown.verdict()).isEqualTo(WhyView.Verdict.UNKNOWN);
      assertThat(unknown.explanation())
          .contains(row(owner.key).node().hostname(), "taken for dead");

      owner.use(second);
      JobSet set = owner.comeBack();
      assertThat(set.jobs()).isEmpty();
      assertThat(set.closed()).containsExactly(new ClosedSpan(jobid, 1, span.from()));
      owner.report(
          new Fact.Gap(
              jobid,
              1,
              cursor.plusSeconds(120),
              cursor.plusSeconds(300),
              4,
              GapReason.LEASE_LOST,
              cursor.plusSeconds(60)),
          new Fact.Dropped(jobid, 1, span.from()));
      assertThat(first.why("2026-06-15T20:03:00Z").reason()).isEqualTo("lease_lost");
    }
  }
}
