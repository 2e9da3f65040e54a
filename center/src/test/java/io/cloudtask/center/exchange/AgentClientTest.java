package io.cloudtask.center.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.exchange.AgentClient.Told;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Listener;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.ActionAnswer;
import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.model.wire.Envelope;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.AgentRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server that answers as an agent does. */
final class AgentClientTest {
  private static final String JOB = "8fee1ea957b7b6b49bd4e75f";

  /** A job of which {@link #RUN} goes. */
  private static final String GOING = "1".repeat(24);

  /** A job at whose start the agent says what no agent says. */
  private static final String ODD = "2".repeat(24);

  private static final String RUN = "0123456789abcdef0123456789abcdef";

  private final List<ActionRequest> acted = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AgentClient client = new AgentClient("the token", Tls.NONE);
  private Listener listener;
  private AgentRow agent;

  @BeforeEach
  void start() {
    Routes routes =
        Routes.builder()
            .add(Routes.put("/cloudtask/v2/jobs/action").allow(Role.CLUSTER).handle(this::act))
            .add(
                Routes.post("/cloudtask/v2/jobsalloc")
                    .allow(Role.CLUSTER)
                    .handle(call -> Reply.accepted()))
            .add(
                Routes.get("/cloudtask/v2/runs/{runid}/output/{stream}")
                    .allow(Role.CLUSTER)
                    .handle(this::output))
            .build();
    listener =
        Listener.start(
            "agent", "127.0.0.1", 0, routes, new Authenticator("the token", t -> Optional.empty()));
    agent = Samples.agentAt("http://127.0.0.1:" + listener.port());
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  private Reply act(Call call) {
    ActionRequest request = call.json(ActionRequest.class);
    acted.add(request);
    if (GOING.equals(request.jobid()) || ODD.equals(request.jobid())) {
      String run = GOING.equals(request.jobid()) ? RUN : "no run";
      return Reply.json(202, Envelope.accepted(new ActionAnswer(run)));
    }
    return JOB.equals(request.jobid())
        ? Reply.accepted()
        : Reply.refused(Refusal.notFound("the job is not assigned here"));
  }

  private Reply output(Call call) {
    asked.add(call.path("stream") + ' ' + call.query().number("from", 0, 1000, -1));
    if (!call.path("runid").equals(RUN)) {
      return Reply.refused(Refusal.notFound("unknown run"));
    }
    int max = (int) call.query().number("max", 1, 1000, 10);
    byte[] text = "0123456789".repeat(max == 7 ? 1 : 100).getBytes(StandardCharsets.UTF_8);
    return Reply.bytes("application/octet-stream", text)
        .with("Cloudtask-Next", "110")
        .with("Cloudtask-End", "true")
        .with("Cloudtask-Cut", "20-100");
  }

  @Test
  void start_and_stop_reach_the_agent_as_its_api_wants_them() {
    assertThat(client.start(agent, JOB, RUN)).isEqualTo(new Told.Accepted());
    assertThat(client.stop(agent, JOB, null)).isEqualTo(new Told.Accepted());

    assertThat(acted)
        .containsExactly(
            new ActionRequest("myCluster", JOB, "start", RUN),
            new ActionRequest("myCluster", JOB, "stop", null));
  }

  @Test
  void a_start_that_starts_nothing_names_the_run_that_goes() {
    assertThat(client.start(agent, GOING, "b".repeat(32))).isEqualTo(new Told.Going(RUN));
    assertThat(client.start(agent, ODD, RUN)).isEqualTo(new Told.Accepted());
  }

  @Test
  void a_refusal_of_the_agent_is_handed_on_with_its_reason() {
    Told told = client.start(agent, "0".repeat(24), RUN);

    assertThat(told).isEqualTo(new Told.Refused(404, "the job is not assigned here"));
  }

  @Test
  void a_nudge_is_accepted() {
    assertThat(client.nudge(agent)).isEqualTo(new Told.Accepted());
  }

  @Test
  void another_token_is_refused() {
    try (var stranger = new AgentClient("wrong", Tls.NONE)) {
      assertThat(stranger.nudge(agent))
          .isInstanceOfSatisfying(Told.Refused.class, r -> assertThat(r.status()).isEqualTo(401));
    }
  }

  @Test
  void live_output_comes_with_its_place_in_the_stream() {
    LiveOutput output = client.output(agent, RUN, "stderr", 10, 1000);

    assertThat(output)
        .isInstanceOfSatisfying(
            LiveOutput.Part.class,
            part -> {
              assertThat(part.data()).hasSize(1000);
              assertThat(part.next()).isEqualTo(110);
              assertThat(part.end()).isTrue();
              assertThat(part.cut()).isEqualTo(new LiveOutput.Cut(20, 100));
            });
    assertThat(asked).containsExactly("stderr 10");
  }

  @Test
  void an_agent_without_the_run_says_so() {
    assertThat(client.output(agent, "f".repeat(32), "stdout", 0, 100))
        .isEqualTo(new LiveOutput.UnknownRun());
  }

  @Test
  void more_output_than_asked_for_is_not_taken_into_memory() {
    assertThat(client.output(agent, RUN, "stdout", 0, 7))
        .isInstanceOf(LiveOutput.Unreachable.class);
  }

  @Test
  void an_agent_that_is_gone_is_unreachable() {
    listener.close();

    assertThat(client.nudge(agent))
        .isInstanceOfSatisfying(
            Told.Unreachable.class,
            u -> assertThat(u.reason()).contains("127.0.0.1", "can't be reached"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "file:///etc/passwd",
        "ftp://127.0.0.1",
        "http://user@127.0.0.1:1",
        "http://127.0.0.1:1/path",
        "http://127.0.0.1:1?x",
        "http:// "
      })
  void an_address_that_is_none_is_never_called(String address) {
    assertThat(client.nudge(Samples.agentAt(address))).isInstanceOf(Told.Unreachable.class);
  }
}
