package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.JobView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What keys of the configuration files do, as seen from outside. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path dir;
  private final Deque<RoleProcess> processes = new ArrayDeque<>();
  private String coordinator;
  private RoleProcess center;
  private RoleProcess follower;
  private RoleProcess independent;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    write("coordinator", "zoo.cfg", "tickTime=500\ndataDir=data\nclientPort=0\n");
    coordinator = role("coordinator", "io.cloudtask.coordination.server.Main").ready("coordinator");
    initialise("http://127.0.0.1:1", "http://127.0.0.1:2");
    write(
        "center",
        "center.yaml",
        """
        cluster: {hosts: "%s", runtime: r, tokenfile: ../made/cluster-token}
        admintokenfile: ../made/admin-token
        api: {hosts: ["127.0.0.1:0"]}
        console: {hosts: ["127.0.0.1:0"]}
        """
            .formatted(coordinator));
    center = role("center", "io.cloudtask.center.Main");
    api =
        new Api(
            URI.create(center.ready("console")),
            Files.readString(dir.resolve("made/admin-token")).strip());
    follower = agent("follower", "lo", "cache: {maxjobs: 2}");
    independent =
        agent(
            "independent",
            "127.0.0.1",
            """
            cache: {maxjobs: 3}
            useserverconfig: false
            centerhost: %s
            websitehost: %s
            """
                .formatted(center.ready("center"), center.ready("console")));
    await().atMost(SOON).until(() -> agents().stream().filter(AgentView::online).count() == 2);
  }

  @AfterAll
  void end() throws InterruptedException {
    while (!processes.isEmpty()) {
      processes.pop().close();
    }
  }

  private RoleProcess role(String name, String main) throws IOException, InterruptedException {
    RoleProcess process = RoleProcess.start(dir.resolve(name), main);
    processes.push(process);
    return process;
  }

  private static void write(String name, String file, String text) throws IOException {
    Files.writeString(Files.createDirectories(dir.resolve(name)).resolve(file), text);
  }

  private void initialise(String centerhost, String websitehost)
      throws IOException, InterruptedException {
    write(
        "made",
        "ServerConfig.json",
        """
        {"centerhost": "%s", "websitehost": "%s", "cluster": {"hosts": "%s"}}
        """
            .formatted(centerhost, websitehost, coordinator));
    String _ = RoleProcess.run(dir.resolve("made"), "io.cloudtask.center.init.Main");
  }

  private RoleProcess agent(String name, String device, String more)
      throws IOException, InterruptedException {
    write(
        name,
        "agent.yaml",
        """
        cluster: {hosts: "%s", runtime: r, tokenfile: ../made/cluster-token, device: "%s", pulse: 1s}
        api: {hosts: ["127.0.0.1:0"]}
        pidfile: here.pid
        """
                .formatted(coordinator, device)
            + more);
    return role(name, "io.cloudtask.agent.Main");
  }

  private List<AgentView> agents() {
    return Json.MAPPER.readValue(
        api.get("/api/v1/agents"), new TypeReference<List<AgentView>>() {});
  }

  private JsonNode ping(RoleProcess agent) {
    URI address = URI.create(agent.ready("agent") + "/cloudtask/v2/_ping");
    return Json.MAPPER.readTree(Api.exchange(HttpRequest.newBuilder(address).build()).body());
  }

  private String website(RoleProcess agent) {
    return ping(agent).at("/systemconfig/websitehost").stringValue();
  }

  /** How many of the first jobs of a name somebody holds. */
  private long held(String name, int of) {
    return IntStream.rangeClosed(1, of)
        .mapToObj(i -> api.job(name + i))
        .filter(job -> job.agentkey() != null)
        .count();
  }

  private void apply(String name, int count) {
    StringBuilder jobs = new StringBuilder("runtime: r\njobs:\n");
    for (int i = 1; i <= count; i++) {
      jobs.append(
          "  - {name: %s%d, command: 'true', schedules: [{every: 1s}]}%n".formatted(name, i));
    }
    api.apply(jobs.toString());
  }

  private void delete(String job) {
    assertThat(api.send("DELETE", "/api/v1/jobs/" + job, null).statusCode()).isLessThan(300);
  }

  @Test
  void nobody_takes_more_than_maxjobs_and_who_waits_is_told_why_and_placed_when_there_is_room() {
    apply("many", 7);

    await().atMost(SOON).until(() -> held("many", 7) == 5);
    assertThat(agents()).allMatch(agent -> agent.jobs() == agent.capacity());
    List<JobView> jobs = IntStream.rangeClosed(1, 7).mapToObj(i -> api.job("many" + i)).toList();
    List<JobView> waiting = jobs.stream().filter(job -> job.agentkey() == null).toList();
    assertThat(waiting).hasSize(2).allMatch(job -> job.stat() == JobView.REALLOCATING);
    assertThat(waiting).noneMatch(job -> job.execerr().isEmpty());

    jobs.stream()
        .filter(job -> job.agentkey() != null)
        .limit(2)
        .forEach(job -> delete(job.jobid()));
    await()
        .atMost(SOON)
        .until(() -> waiting.stream().allMatch(job -> api.job(job.jobid()).agentkey() != null));
    IntStream.rangeClosed(1, 7).forEach(i -> api.send("DELETE", "/api/v1/jobs/many" + i, null));
    await().atMost(SOON).until(() -> agents().stream().allMatch(agent -> agent.jobs() == 0));
  }

  @Test
  void an_agent_follows_the_shared_addresses_unless_it_has_its_own() throws Exception {
    initialise(center.ready("center"), "http://127.0.0.1:3");
    await().atMost(SOON).until(() -> website(follower).equals("http://127.0.0.1:3"));
    initialise(center.ready("center"), "http://127.0.0.1:4");
    await().atMost(SOON).until(() -> website(follower).equals("http://127.0.0.1:4"));

    assertThat(website(independent)).isEqualTo(center.ready("console"));
  }

  @Test
  void a_node_registers_with_its_device_and_pulses_and_its_pid_is_where_it_is_wanted()
      throws Exception {
    assertThat(agents()).extracting(AgentView::ipaddr).containsOnly("127.0.0.1");
    assertThat(Files.readString(dir.resolve("follower/here.pid")).strip())
        .isEqualTo("" + follower.pid());
    long before = ping(follower).at("/node/timestamp").longValue();
    await().atMost(SOON).until(() -> ping(follower).at("/node/timestamp").longValue() > before);
  }
}
