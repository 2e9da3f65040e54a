package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.center.http.ListenException;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CenterTest {
  @TempDir Path dir;
  private RunningCenter running;

  @BeforeEach
  void start() {
    running = new RunningCenter(dir);
  }

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void it_signs_in_and_says_where_it_is() throws Exception {
    try (MemorySession session = running.coordination.open()) {
      await().until(() -> session.serverConfig().isPresent());
      assertThat(session.members(Node.CENTER))
          .extracting(Member::key)
          .containsExactly(running.center.key());
      assertThat(session.serverConfig().orElseThrow().centerhost())
          .isEqualTo("http://127.0.0.1:" + running.center.centerPort());
    }
  }

  @Test
  void a_job_goes_to_an_agent_as_soon_as_there_is_one() throws Exception {
    ApplyResult applied =
        running
            .apply("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]")
            .as(ApplyResult.class);
    String jobid = applied.steps().getFirst().jobid();
    JobView waiting = running.get("/api/v1/jobs/a").as(JobView.class);
    assertThat(waiting.stat()).isEqualTo(JobView.REALLOCATING);
    assertThat(waiting.execerr()).isNotEmpty();
    try (FakeAgent _ = new FakeAgent(running)) {
      await().until(() -> running.get("/api/v1/jobs/a").as(JobView.class).agent() != null);
      assertThat(running.get("/api/v1/jobs/" + jobid).as(JobView.class).agentkey())
          .isEqualTo(FakeAgent.KEY);
      try (MemorySession session = running.coordination.open()) {
        await().until(() -> session.revision(FakeAgent.KEY).orElse(0) > 0);
      }
      ApplyResult second = running.apply("jobs: [{name: c, command: b}]").as(ApplyResult.class);
      assertThat(
              running
                  .get("/api/v1/jobs/" + second.steps().getFirst().jobid())
                  .as(JobView.class)
                  .agent())
          .as("is placed before the answer")
          .isEqualTo("vm");
    }
  }

  @Test
  void what_a_job_without_an_agent_misses_is_in_the_ledger() throws Exception {
    running.apply("jobs: [{name: a, command: b, schedules: [{every: 1s}]}]");
    running.clock.advance(Duration.ofMinutes(2));
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> why("a", "2026-06-15T20:01:00Z").verdict() == WhyView.Verdict.MISSED);
    WhyView why = why("a", "2026-06-15T20:01:00Z");
    assertThat(why.reason()).isEqualTo("no_agent");
    assertThat(why.explanation()).contains("all 120 due instants");
  }

  private WhyView why(String job, String at) throws Exception {
    return running.get("/api/v1/jobs/" + job + "/why?at=" + at).as(WhyView.class);
  }

  @Test
  void the_port_of_the_agents_can_be_closed_and_opened_again() throws Exception {
    int port = running.center.centerPort();
    running.center.suspendAgentApi();
    assertThatThrownBy(() -> running.tell(running.centerUrl("/hello"), "x"))
        .isInstanceOf(IOException.class);
    assertThat(running.get("/api/v1/version").status()).isEqualTo(200);
    assertThat(running.center.centerPort()).isEqualTo(port);
    running.center.resumeAgentApi();
    try (FakeAgent _ = new FakeAgent(running)) {
      assertThat(running.get("/api/v1/agents").json()).hasSize(1);
    }
  }

  @Test
  void a_busy_port_leaves_nothing_running() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MemorySession session = running.coordination.open()) {
      CenterSettings config =
          CenterSettings.of(
              "127.0.0.1",
              0,
              busy.getLocalPort(),
              dir,
              RunningCenter.ADMIN,
              RunningCenter.CLUSTER,
              "local");
      assertThatThrownBy(() -> Center.start(config, running.store, session, running.clock))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("the center port " + busy.getLocalPort());
    }
  }

  @Test
  void after_its_end_nobody_answers_and_it_is_signed_out() throws Exception {
    String url = running.consoleUrl("/api/v1/version");
    running.center.close();
    assertThatThrownBy(() -> running.send(running.request(url, RunningCenter.ADMIN)))
        .isInstanceOf(ConnectException.class);
    try (MemorySession session = running.coordination.open()) {
      assertThat(session.members(Node.CENTER)).isEmpty();
    }
  }
}
