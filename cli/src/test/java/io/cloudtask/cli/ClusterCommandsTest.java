package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.cli.PretendedCenter.Answer;
import io.cloudtask.cli.PretendedCenter.Outcome;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.CenterView;
import io.cloudtask.model.rest.DrainView;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.RuntimeView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents, runtimes and centers, changed. */
class ClusterCommandsTest {
  private static final Instant AT = Instant.parse("2026-07-01T11:00:00Z");

  @TempDir Path directory;
  PretendedCenter center;

  @BeforeEach
  void start() throws IOException {
    center = new PretendedCenter(directory);
    center.on("GET /api/v1/agents", Answer.json(200, List.of(agent(true, true, 12, null))));
  }

  @AfterEach
  void stop() {
    center.close();
  }

  private static AgentView agent(boolean online, boolean fit, long skew, @Nullable Instant fenced) {
    return new AgentView(
        "k1",
        "prod",
        "host-a",
        "10.0.0.1",
        "http://10.0.0.1:8600",
        "linux",
        "amd64",
        "1.4.0",
        online,
        AT,
        255,
        2,
        1,
        0.755,
        9,
        9,
        online,
        fit,
        skew,
        fenced);
  }

  private void draining(boolean preview) {
    DrainView view =
        new DrainView(
            "k1",
            "host-a",
            preview,
            List.of(
                new DrainView.Move("j1", "report", "k2", "host-b", "after the run that is going"),
                new DrainView.Move("j2", "backup", null, "", "no other agent may hold it")));
    center.on("POST /api/v1/agents/k1/drain", Answer.json(200, view));
  }

  @Test
  void a_drain_is_shown_before_it_is_done() {
    draining(true);
    Outcome outcome = center.run("agent", "drain", "host-a", "--preview");
    assertThat(center.requests.getLast().body()).isEqualTo("{\"preview\":true}");
    assertThat(outcome.out())
        .contains("report  host-b  after the run that is going")
        .contains("backup  stays   no other agent may hold it")
        .endsWith(
            "host-a: 1 of its jobs would move, 1 have nowhere to go and stay; nothing was"
                + " changed\n");
  }

  @Test
  void a_drain_says_what_moves() {
    draining(false);
    Outcome outcome = center.run("agent", "drain", "k1");
    assertThat(center.requests.getLast().body()).isEqualTo("{\"preview\":false}");
    assertThat(outcome.out()).contains("host-a is being drained: 1 of its jobs move");
  }

  @Test
  void an_agent_gets_jobs_again_or_is_given_up() {
    AgentView view = agent(true, true, 0, null);
    center.on("DELETE /api/v1/agents/k1/drain", Answer.json(200, view));
    center.on("POST /api/v1/agents/k1/retire", Answer.json(200, view));
    assertThat(center.run("agent", "undrain", "host-a").out())
        .isEqualTo("host-a gets jobs again\n");
    assertThat(center.run("agent", "retire", "10.0.0.1").out()).isEqualTo("host-a is retired\n");
  }

  @Test
  void a_living_agent_is_not_given_up() {
    center.on(
        "POST /api/v1/agents/k1/retire",
        Answer.json(409, Problem.of("agent-lives", 409, "host-a is there; drain it")));
    Outcome outcome = center.run("agent", "retire", "host-a");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("host-a is there; drain it");
  }

  @Test
  void what_is_wrong_with_an_agent_is_its_state() {
    center.on(
        "GET /api/v1/agents",
        Answer.json(200, List.of(agent(true, true, 12, null))),
        Answer.json(200, List.of(agent(true, false, -300_000, null))),
        Answer.json(200, List.of(agent(false, true, 0, AT))));
    assertThat(center.run("agent", "show", "k1").out())
        .contains("online, draining", "12 ms ahead of the store's");
    assertThat(center.run("agent", "show", "k1").out())
        .contains("online, draining", "12 ms ahead of the store's");
    assertThat(center.run("agent", "show", "k1").out())
        .contains("clock off, draining", "300000 ms behind the store's: it starts nothing");
    assertThat(center.run("agent", "show", "k1").out()).contains("dead since", "+02:00");
    assertThat(center.run("agent", "list").out()).contains("dead");
  }

  @Test
  void a_runtime_is_made_or_changed_by_what_is_named() {
    RuntimeView view = new RuntimeView("prod", "", List.of("a", "10.0.0.2"), 90, 0, List.of());
    center.on("PUT /api/v1/runtimes/prod", Answer.json(201, view));
    Outcome outcome =
        center.run(
            "runtime",
            "set",
            "prod",
            "--server",
            "a",
            "--server",
            "10.0.0.2",
            "--autonomy",
            "1m30s");
    assertThat(outcome.out()).isEqualTo("runtime prod: hosts a, 10.0.0.2, autonomy 1m30s\n");
    assertThat(center.requests.getLast().body())
        .isEqualTo("{\"description\":null,\"servers\":[\"a\",\"10.0.0.2\"],\"autonomy\":90}");

    center.run("runtime", "set", "prod", "--any-server", "--description", "the shop");
    assertThat(center.requests.getLast().body())
        .isEqualTo("{\"description\":\"the shop\",\"servers\":[],\"autonomy\":null}");
  }

  @Test
  void a_runtime_is_deleted() {
    center.on("DELETE /api/v1/runtimes/prod", new Answer(204, new byte[0], java.util.Map.of()));
    assertThat(center.run("runtime", "delete", "prod").out()).isEqualTo("deleted prod\n");
  }

  @Test
  void wrong_values_are_refused_before_anything_is_sent() {
    assertThat(center.run("runtime", "set", "x", "--autonomy", "soon").code()).isEqualTo(2);
    assertThat(center.run("runtime", "set", "x", "--any-server", "--server", "a").err())
        .contains("either --server or --any-server");
    assertThat(center.requests).isEmpty();
  }

  @Test
  void the_centers_are_listed() {
    center.on(
        "GET /api/v1/centers",
        Answer.json(
            200,
            List.of(
                new CenterView(
                    "c1", "host-a", "10.0.0.1", "http://10.0.0.1:8985", true, 7, AT, null),
                new CenterView(
                    "c2", "host-b", "10.0.0.2", "http://10.0.0.2:8985", false, 0, AT, null),
                new CenterView(
                    "c3", "", "", "", false, 0, null, "/cloudtask/SERVER-c3 is garbage"))));
    assertThat(center.run("center", "list").out())
        .contains("leader, epoch 7", "standby", "/cloudtask/SERVER-c3 is garbage");
  }

  @Test
  void time_spans_are_read_and_written() {
    assertThat(DurationArgument.parse("0")).isEqualTo(Duration.ZERO);
    assertThat(DurationArgument.parse("1h2m3s")).isEqualTo(Duration.ofSeconds(3723));
    assertThat(DurationArgument.of(3723)).isEqualTo("1h2m3s");
    assertThat(DurationArgument.of(0)).isEqualTo("none");
    for (String wrong : List.of("", "5", "1.5s", "5d", "-3s", "99999999s")) {
      assertThatThrownBy(() -> DurationArgument.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
