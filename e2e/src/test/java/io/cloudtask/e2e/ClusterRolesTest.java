package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.settings.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;

/** A cluster from configuration files, each role a process of its own, as operations.md has it. */
@Timeout(600)
class ClusterRolesTest {
  private static final int JOBS = 8;
  private static final String CLI = "io.cloudtask.cli.Main";
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;

  /** What follows in the section api of every role. */
  private String tls = "";

  private final List<RoleProcess> processes = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (RoleProcess process : processes.reversed()) {
      process.close();
    }
  }

  @Test
  void two_agents_on_one_host_share_the_jobs_of_a_cluster_made_from_files() throws Exception {
    String coordinator = coordinator();
    String made = init(coordinator, "http://127.0.0.1:1", "http://127.0.0.1:2");
    assertThat(made).contains("made the cluster", "made the cluster's token");
    RoleProcess center = center(coordinator);
    // Now that it has found its ports, everybody is told.
    init(coordinator, center.ready("center"), center.ready("console"));
    RoleProcess first = agent(coordinator, "first");
    RoleProcess second = agent(coordinator, "second");
    Api api = new Api(URI.create(center.ready("console")), adminToken());

    await().atMost(SOON).until(() -> agents(api).stream().filter(AgentView::online).count() == 2);
    assertThat(keys(agents(api))).hasSize(2);
    assertThat(agents(api))
        .extracting(AgentView::hostname)
        .containsOnly(agents(api).getFirst().hostname());
    Witness witness = new Witness(dir.resolve("witness"));
    api.apply(jobs(witness));

    await().atMost(SOON).until(() -> holders(api).equals(keys(agents(api))));
    await().atMost(SOON).until(() -> jobsSeen(witness).size() == JOBS);
    witness.nothingStartedTwice();
    first.stop();
    second.stop();
    center.stop();
    processes.getFirst().stop();
  }

  @Test
  void every_port_speaks_tls_where_certificates_are_configured() throws Exception {
    Certificates.make(dir, "host");
    tls =
        ", tls: {certfile: %1$s.crt, keyfile: %1$s.key, cafile: %1$s.crt}"
            .formatted(dir.resolve("host"));
    String coordinator = coordinator();
    init(coordinator, "http://127.0.0.1:1", "http://127.0.0.1:2");
    RoleProcess center = center(coordinator);
    init(coordinator, center.ready("center"), center.ready("console"));
    RoleProcess agent = agent(coordinator, "first");
    assertThat(List.of(center.ready("center"), center.ready("console"), agent.ready("agent")))
        .allMatch(address -> address.startsWith("https://127.0.0.1:"));

    Path file = dir.resolve("hello.yaml");
    Files.writeString(file, "runtime: myCluster\njobs:\n  - {name: hello, command: echo hello}\n");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cli(center, "agent", "list")).contains("online"));
    cli(center, "job", "apply", "-f", file.toString());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cli(center, "job", "start", "hello")).isNotEmpty());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cli(center, "run", "list")).contains("succeeded"));

    assertThatThrownBy(
            () -> RoleProcess.run(dir, CLI, "--url", center.ready("console"), "job", "list"))
        .hasMessageContaining("name the certificates of its authority with --cafile");
    for (String address : List.of(center.ready("center"), agent.ready("agent"))) {
      URI plain = URI.create(address.replace("https", "http") + "/cloudtask/v2/_ping");
      assertThatThrownBy(() -> plain.toURL().openStream()).isInstanceOf(IOException.class);
    }
  }

  private String cli(RoleProcess center, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--url", center.ready("console")));
    all.addAll(List.of("--token", adminToken(), "--cafile", dir.resolve("host.crt").toString()));
    all.addAll(List.of(arguments));
    return RoleProcess.run(dir, CLI, all.toArray(String[]::new));
  }

  private String coordinator() throws IOException, InterruptedException {
    Path home = Files.createDirectories(dir.resolve("coordinator"));
    Files.writeString(
        home.resolve("zoo.cfg"),
        "tickTime=500\ndataDir=data\nclientPort=0\nclientPortAddress=127.0.0.1\n");
    return started(home, "io.cloudtask.coordination.server.Main").ready("coordinator");
  }

  private String init(String coordinator, String center, String console)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(dir.resolve("center"));
    Files.writeString(
        home.resolve("ServerConfig.json"),
        """
        {"centerhost": "%s", "websitehost": "%s", "cluster": {"hosts": "%s"}}
        """
            .formatted(center, console, coordinator));
    return RoleProcess.run(home, "io.cloudtask.center.init.Main");
  }

  private RoleProcess center(String coordinator) throws IOException, InterruptedException {
    Path home = dir.resolve("center");
    Files.writeString(
        home.resolve("center.yaml"),
        """
        cluster: {hosts: "%s", runtime: myCluster, tokenfile: cluster-token, pulse: 1s}
        api: {hosts: ["127.0.0.1:0"]%s}
        console: {hosts: ["127.0.0.1:0"]}
        """
            .formatted(coordinator, tls));
    return started(home, "io.cloudtask.center.Main");
  }

  private RoleProcess agent(String coordinator, String name)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(dir.resolve(name));
    Files.copy(dir.resolve("center/cluster-token"), home.resolve("cluster-token"));
    Files.writeString(
        home.resolve("agent.yaml"),
        """
        cluster: {hosts: "%s", runtime: myCluster, tokenfile: cluster-token}
        api: {hosts: ["127.0.0.1:0"]%s}
        """
            .formatted(coordinator, tls));
    return started(home, "io.cloudtask.agent.Main");
  }

  private RoleProcess started(Path home, String main) throws IOException, InterruptedException {
    RoleProcess process = RoleProcess.start(home, main);
    processes.add(process);
    return process;
  }

  private String adminToken() throws IOException {
    return Files.readString(dir.resolve("center/admin-token")).strip();
  }

  private static String jobs(Witness witness) {
    StringBuilder jobs = new StringBuilder("runtime: myCluster\njobs:\n");
    for (int i = 1; i <= JOBS; i++) {
      jobs.append(
          """
            - name: job-%d
              command: |
                %s
              schedules:
                - every: 1s
          """
              .formatted(i, witness.command()));
    }
    return jobs.toString();
  }

  private static List<AgentView> agents(Api api) {
    String text = api.send("GET", "/api/v1/agents", null).body();
    return Json.MAPPER.readValue(text, new TypeReference<List<AgentView>>() {});
  }

  private static Set<String> keys(List<AgentView> agents) {
    return agents.stream().map(AgentView::key).collect(Collectors.toSet());
  }

  /** Keys of the agents; "" for a job that nobody holds. */
  private static Set<String> holders(Api api) {
    return IntStream.rangeClosed(1, JOBS)
        .mapToObj(i -> Objects.requireNonNullElse(api.job("job-" + i).agentkey(), ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> jobsSeen(Witness witness) throws IOException {
    return witness.starts().stream().map(Witness.Start::jobId).collect(Collectors.toSet());
  }
}
