package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.EmbeddedZooKeeper;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The role from outside: what is printed, with which code it ends, and who gets in. */
@Timeout(240)
class MainTest {
  private static final String CLUSTER = "0123456789abcdef0123";
  private static final String ADMIN = "administrator-0123456789";
  private static final Pattern READY = Pattern.compile("ready console=(\\S+) center=(\\S+)");

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void secrets() throws IOException {
    secret("cluster-token", CLUSTER);
    secret("admin-token", ADMIN);
  }

  @AfterEach
  void endWhatWasStarted() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    client.close();
  }

  @Test
  void help_and_wrong_arguments_say_how_to_start_it() throws Exception {
    Ended help = run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.output()).contains("Usage: cloudtask center", "--admin-token-file FILE");
    assertThat(run("--frobnicate").code()).isEqualTo(64);
  }

  @Test
  void a_wrong_configuration_ends_with_78_and_says_what_to_mend() throws Exception {
    Files.writeString(directory.resolve("center.yaml"), "scheduler:\n  allocmode: luck\n");

    Ended ended = run();

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.output())
        .contains("line 2: scheduler.allocmode is \"luck\"", "cluster.tokenfile is missing");
  }

  @Test
  void an_administrators_token_that_everybody_reads_ends_with_78() throws Exception {
    configure("127.0.0.1:1", "");
    Files.setPosixFilePermissions(
        directory.resolve("admin-token"), PosixFilePermissions.fromString("rw-r--r--"));

    Ended ended = run();

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.output()).contains("admintokenfile:", "chmod 600");
  }

  @Test
  void a_busy_port_or_an_absent_coordinator_ends_with_69() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure("127.0.0.1:1", "console: {hosts: ['127.0.0.1:%d']}".formatted(busy.getLocalPort()));
      Ended ended = run();
      assertThat(ended.code()).isEqualTo(69);
      assertThat(ended.output()).contains("the console port " + busy.getLocalPort());
    }
    configure("127.0.0.1:1", "retrystartup: false");
    assertThat(run().code()).isEqualTo(69);
  }

  @Test
  void it_serves_without_a_coordinator_keeps_a_second_one_out_and_ends_when_told()
      throws Exception {
    configure("127.0.0.1:1", "");
    Process center = start();
    Matcher ready = ready(center.inputReader());
    String console = ready.group(1);

    JsonNode ping = Json.MAPPER.readTree(get(ready.group(2) + "/cloudtask/v2/_ping", null).body());
    assertThat(ping.get("key").stringValue())
        .isEqualTo(Files.readString(directory.resolve("jobserver.key")).strip());
    assertThat(ping.at("/systemconfig/cluster/pulse").stringValue()).isEqualTo("1s");
    assertThat(ping.toString()).doesNotContain(CLUSTER).doesNotContain(ADMIN);
    assertThat(get(console + "/api/v1/runtimes", null).statusCode()).isEqualTo(401);
    assertThat(get(console + "/api/v1/runtimes", ADMIN).body()).contains("\"myCluster\"");

    Ended second = run();
    assertThat(second.code()).isEqualTo(78);
    assertThat(second.output()).contains("process " + center.pid() + " runs already");

    center.destroy();
    assertThat(center.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("jobserver.pid")).doesNotExist();
    assertThat(directory.resolve("logs/jobserver.log")).exists();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("center"))))
        .isEqualTo("rwx------");
  }

  @Test
  void the_administrators_token_stays_until_it_is_replaced_in_words() throws Exception {
    configure("127.0.0.1:1", "");
    assertThat(statusWith(ADMIN)).isEqualTo(200);

    secret("admin-token", "another-0123456789");
    assertThat(statusWith(ADMIN)).isEqualTo(200);
    assertThat(statusWith("another-0123456789")).isEqualTo(401);

    secret("newest", "newest-0123456789");
    assertThat(statusWith("newest-0123456789", "--admin-token-file", "newest")).isEqualTo(200);
    assertThat(statusWith(ADMIN)).isEqualTo(401);
  }

  @Test
  void it_signs_in_and_follows_the_addresses_that_all_share() throws Exception {
    try (EmbeddedZooKeeper server =
            EmbeddedZooKeeper.start("127.0.0.1", 0, directory.resolve("zookeeper"));
        ZooKeeperCoordinator session =
            ZooKeeperCoordinator.open(
                ZooKeeperSettings.of(server.address(), "/cloudtask", CLUSTER))) {
      ServerConfig first = new ServerConfig("http://web:1", "http://center:1");
      session.publish(first);
      configure(server.address(), "");
      Matcher ready = ready(start().inputReader());

      await().until(() -> session.members(Node.CENTER).size() == 1);
      assertThat(session.members(Node.CENTER).getFirst().node().apiaddr())
          .isEqualTo(ready.group(2));
      await().until(() -> shown(ready.group(2)).equals(first));
      ServerConfig next = new ServerConfig("http://web:2", "http://center:2");
      session.publish(next);
      await().until(() -> shown(ready.group(2)).equals(next));
      assertThat(session.serverConfig()).contains(next);
    }
  }

  @Test
  void a_center_whose_entry_nobody_can_read_is_listed_with_the_reason() throws Exception {
    try (EmbeddedZooKeeper server =
            EmbeddedZooKeeper.start("127.0.0.1", 0, directory.resolve("zookeeper"));
        ZooKeeperCoordinator session =
            ZooKeeperCoordinator.open(
                ZooKeeperSettings.of(server.address(), "/cloudtask", CLUSTER))) {
      session.publish(new ServerConfig("http://web:1", "http://center:1"));
      session.join(new Member("garbled", Json.MAPPER.readValue("{\"type\":1}", Node.class)));
      configure(server.address(), "");
      String console = ready(start().inputReader()).group(1);

      await()
          .untilAsserted(() -> {
            HttpResponse<String> answer = get(console + "/api/v1/centers", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode centers = Json.MAPPER.readTree(answer.body());
            assertThat(centers.size()).isEqualTo(2);
            assertThat(centers.get(0).at("/key").asString()).isEqualTo("garbled");
            assertThat(centers.get(0).at("/problem").asString()).contains("CENTER-garbled");
            assertThat(centers.get(1).at("/problem").isNull()).isTrue();
          });
    }
  }

  private ServerConfig shown(String center) throws Exception {
    JsonNode config =
        Json.MAPPER.readTree(get(center + "/cloudtask/v2/_ping", null).body()).get("systemconfig");
    return new ServerConfig(
        config.get("websitehost").stringValue(), config.get("centerhost").stringValue());
  }

  /** Starts a center, asks it something as somebody, and stops it. */
  private int statusWith(String token, String... arguments) throws Exception {
    Process center = start(arguments);
    String console = ready(center.inputReader()).group(1);
    int status = get(console + "/api/v1/runtimes", token).statusCode();
    center.destroy();
    center.waitFor();
    return status;
  }

  private void secret(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void configure(String coordinator, String more) throws IOException {
    String console = more.startsWith("console:") ? "" : "console: {hosts: ['127.0.0.1:0']}\n";
    Files.writeString(
        directory.resolve("center.yaml"),
        """
        cluster: {runtime: myCluster, tokenfile: cluster-token, hosts: "%s", pulse: 1s}
        api: {hosts: ["127.0.0.1:0", "[::1]:0"]}
        """
                .formatted(coordinator)
            + console
            + more
            + "\n");
  }

  /** Its one line of output, between those of the log. */
  private static Matcher ready(BufferedReader lines) throws IOException {
    StringBuilder others = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return ready;
      }
      others.append(line).append('\n');
    }
    throw new AssertionError("it ended: " + others);
  }

  private record Ended(int code, String output) {}

  private Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
                "io.cloudtask.center.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private HttpResponse<String> get(String url, @Nullable String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
