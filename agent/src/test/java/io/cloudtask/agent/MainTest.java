package io.cloudtask.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.coordination.EmbeddedZooKeeper;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.SecretFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class MainTest {
  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void help_says_how_to_start_it() throws Exception {
    Ended ended = run("--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.output()).contains("Usage: cloudtask agent", "-f FILE", "ready agent=URL");
  }

  @Test
  void wrong_arguments_end_with_64() throws Exception {
    assertThat(run("--frobnicate").code()).isEqualTo(64);
    assertThat(run("-f").output()).contains("-f needs the name of a file");
  }

  @Test
  void a_wrong_configuration_ends_with_78_and_says_what_to_mend() throws Exception {
    assertThat(run("-f", "missing.yaml").output()).contains("missing.yaml is not there");
    Files.writeString(directory.resolve("agent.yaml"), "cluster:\n  pulse: soon\n  runtme: x\n");

    Ended ended = run();

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.output())
        .contains("line 2: cluster.pulse is \"soon\"", "did you mean cluster.runtime?");
  }

  @Test
  void a_busy_port_or_an_absent_coordinator_ends_with_69() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure("127.0.0.1:" + busy.getLocalPort(), true);
      Ended ended = run();
      assertThat(ended.code()).isEqualTo(69);
      assertThat(ended.output()).contains("can't listen on 127.0.0.1:" + busy.getLocalPort());
    }
    configure("127.0.0.1:0", false);
    assertThat(run().code()).isEqualTo(69);
  }

  @Test
  void a_cluster_with_another_token_ends_a_start_that_does_not_wait() throws Exception {
    try (EmbeddedZooKeeper server =
            EmbeddedZooKeeper.start("127.0.0.1", 0, directory.resolve("zookeeper"));
        ZooKeeperCoordinator other =
            ZooKeeperCoordinator.open(
                ZooKeeperSettings.of(server.address(), "/cloudtask", "of-another-cluster"))) {
      other.publish(new ServerConfig("http://web:1", "http://center:1"));
      configure("127.0.0.1:0", false, server.address());

      Ended ended = run();

      assertThat(ended.code()).isEqualTo(69);
      assertThat(ended.output()).contains("another cluster token").doesNotContain(TOKEN);
    }
  }

  @Test
  void it_answers_alone_keeps_a_second_one_out_and_ends_when_told() throws Exception {
    configure("127.0.0.1:0", true);
    Process agent = start();

    String ready = ready(agent.inputReader());
    assertThat(ready).startsWith("ready agent=http://127.0.0.1:");
    JsonNode ping = ping(ready.substring("ready agent=".length()));
    assertThat(ping.at("/node/location").stringValue()).isEqualTo("r");
    assertThat(ping.at("/node/singin").booleanValue()).isFalse();
    assertThat(ping.get("key").stringValue())
        .isEqualTo(Files.readString(directory.resolve("jobworker.key")).strip());
    assertThat(ping.toString()).doesNotContain(TOKEN).doesNotContain("token");

    Ended second = run();
    assertThat(second.code()).isEqualTo(78);
    assertThat(second.output()).contains("process " + agent.pid() + " runs already");

    agent.destroy();
    assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("jobworker.pid")).doesNotExist();
    assertThat(directory.resolve("logs/jobworker.log")).exists();
  }

  @Test
  void the_sample_shows_the_usual_values() throws Exception {
    Path sample = Path.of("../etc/agent.yaml");
    AgentConfig shown = AgentConfigReader.read(sample, Map.of());
    AgentConfig usual =
        AgentConfigReader.of(
            Map.of("cluster.runtime", "myCluster", "cluster.tokenfile", "./cluster-token"));

    assertThat(shown).isEqualTo(usual);
  }

  @Test
  void it_may_be_silent_for_the_pulses_it_may_miss_and_a_quarter() throws Exception {
    assertThat(silence("pulse: 8s, threshold: 1")).hasSeconds(8);
    assertThat(silence("pulse: 8s, threshold: 3")).hasSeconds(24);
    assertThat(silence("pulse: 1500ms")).hasMillis(1_500);
    assertThat(silence("pulse: 500ms")).hasSeconds(1);
    assertThat(silence("pulse: 1h, threshold: 100")).hasMinutes(5);
  }

  private static Duration silence(String cluster) throws Exception {
    String text = "cluster: {runtime: r, %s}\napi: {hosts: ['127.0.0.1:0']}\n".formatted(cluster);
    return Main.silence(AgentConfigReader.read(text, Map.of()).system().cluster());
  }

  /** Its one line of output, between those of the log. */
  private static String ready(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("ready ")) {
      line = lines.readLine();
    }
    return line == null ? "it ended" : line;
  }

  private void configure(String listen, boolean retry) throws IOException {
    configure(listen, retry, "127.0.0.1:1");
  }

  private void configure(String listen, boolean retry, String coordinator) throws IOException {
    SecretFiles.write(directory.resolve("cluster-token"), TOKEN + "\n");
    Files.writeString(
        directory.resolve("agent.yaml"),
        """
        retrystartup: %s
        cluster: {runtime: r, tokenfile: cluster-token, hosts: "%s"}
        api: {hosts: ["%s"]}
        """
            .formatted(retry, coordinator, listen));
  }

  private record Ended(int code, String output) {}

  private Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.cloudtask.agent.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static JsonNode ping(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/cloudtask/v2/_ping")).build();
      return Json.MAPPER.readTree(
          client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
