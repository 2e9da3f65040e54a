package io.cloudtask.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.agent.config.AgentConfig.Auth;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AgentConfigReaderTest {
  private static final String LEAST =
      """
      cluster:
        runtime: myCluster
      api:
        hosts: ["127.0.0.1:8600"]
      """;

  @Test
  void what_is_not_written_has_its_usual_value() throws ConfigException {
    AgentConfig config = read(LEAST);

    assertThat(Json.MAPPER.writeValueAsString(config.system()))
        .isEqualTo(
            """
            {"version":"v.3.0.0","pidfile":"./jobworker.pid","retrystartup":true,\
            "useserverconfig":true,"centerhost":"","websitehost":"","cluster":{\
            "hosts":"127.0.0.1:2181","root":"/cloudtask","device":"","runtime":"myCluster",\
            "os":"","platform":"","pulse":"8s","threshold":1},"api":{"hosts":["127.0.0.1:8600"],\
            "enablecors":true},"cache":{"maxjobs":255,"savedirectory":"./cache",\
            "autoclean":true,"cleaninterval":"30m","pullrecovery":"300s"},"logger":{\
            "logfile":"./logs/jobworker.log","loglevel":"info","logsize":20971520}}\
            """);
    assertThat(config.auth()).isEqualTo(Auth.LOCAL);
    assertThat(config.maxUnpackedBytes()).isEqualTo(2L << 30);
  }

  @Test
  void the_sample_names_every_key_and_every_variable() throws Exception {
    String sample = Files.readString(Path.of("../etc/agent.yaml"));

    for (String word : AgentConfigReader.words()) {
      boolean variable = word.startsWith("CLOUDTASK_");
      assertThat(sample).contains(variable ? word : word.replaceFirst(".*\\.", "") + ":");
    }
  }

  @Test
  void durations_are_shown_as_they_were_written() throws ConfigException {
    AgentConfig config = read(LEAST + "cache: {pullrecovery: 1h30m, cleaninterval: 90s}");

    assertThat(config.system().cache().pullrecovery().value()).isEqualTo(Duration.ofMinutes(90));
    assertThat(Json.MAPPER.writeValueAsString(config.system().cache()))
        .contains("\"pullrecovery\":\"1h30m\"", "\"cleaninterval\":\"90s\"");
  }

  @Test
  void whether_and_how_often_it_cleans_is_said() throws ConfigException {
    assertThat(read(LEAST).system().cache().cleaning()).hasMinutes(30);
    assertThat(read(LEAST + "cache: {cleaninterval: 5s}").system().cache().cleaning())
        .hasSeconds(5);
    assertThat(read(LEAST + "cache: {autoclean: false}").system().cache().cleaning()).isZero();
  }

  @Test
  void the_environment_wins_over_the_file() throws ConfigException {
    AgentConfig config =
        AgentConfigReader.read(
            LEAST,
            Map.of(
                "CLOUDTASK_CLUSTER_RUNTIME", "other",
                "CLOUDTASK_CLUSTER_NAME", "/root",
                "CLOUDTASK_API_HOST", "127.0.0.1:1, [::1]:2",
                "CLOUDTASK_CACHE_DIRECTORY", "/var/cache",
                "CLOUDTASK_LOG_LEVEL", "DEBUG",
                "CLOUDTASK_URL", "http://elsewhere"));

    assertThat(config.system().cluster().runtime()).isEqualTo("other");
    assertThat(config.system().cluster().root()).isEqualTo("/root");
    assertThat(config.listens()).containsExactly(new Listen("127.0.0.1", 1), new Listen("::1", 2));
    assertThat(config.system().cache().savedirectory()).isEqualTo("/var/cache");
    assertThat(config.system().logger().loglevel()).isEqualTo("debug");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLOUDTASK_PIDFILE | /pidfile | other.pid",
        "CLOUDTASK_RETRYSTARTUP | /retrystartup | false",
        "CLOUDTASK_USESERVERCONFIG | /useserverconfig | false",
        "CLOUDTASK_CENTERHOST | /centerhost | http://c:1",
        "CLOUDTASK_WEBSITEHOST | /websitehost | http://w:1",
        "CLOUDTASK_CLUSTER_HOSTS | /cluster/hosts | zk1:1,zk2:2",
        "CLOUDTASK_CLUSTER_NAME | /cluster/root | /other",
        "CLOUDTASK_CLUSTER_DEVICE | /cluster/device | eth1",
        "CLOUDTASK_CLUSTER_RUNTIME | /cluster/runtime | other",
        "CLOUDTASK_CLUSTER_PULSE | /cluster/pulse | 3s",
        "CLOUDTASK_CLUSTER_THRESHOLD | /cluster/threshold | 4",
        "CLOUDTASK_API_HOST | /api/hosts/0 | 127.0.0.1:1",
        "CLOUDTASK_API_ENABLECORS | /api/enablecors | false",
        "CLOUDTASK_CACHE_MAXJOBS | /cache/maxjobs | 7",
        "CLOUDTASK_CACHE_DIRECTORY | /cache/savedirectory | /var/cache",
        "CLOUDTASK_CACHE_AUTOCLEAN | /cache/autoclean | false",
        "CLOUDTASK_CACHE_CLEANINTERVAL | /cache/cleaninterval | 9m",
        "CLOUDTASK_CACHE_PULLRECOVERY | /cache/pullrecovery | 11s",
        "CLOUDTASK_LOG_FILE | /logger/logfile | other.log",
        "CLOUDTASK_LOG_LEVEL | /logger/loglevel | warn",
        "CLOUDTASK_LOG_SIZE | /logger/logsize | 70000",
      })
  void each_variable_stands_for_its_key(String variable, String key, String value)
      throws ConfigException {
    Map<String, String> environment = new HashMap<>();
    environment.put("CLOUDTASK_CENTERHOST", "http://needed:1");
    environment.put("CLOUDTASK_WEBSITEHOST", "http://needed:2");
    environment.put(variable, value);

    JsonNode shown = Json.MAPPER.valueToTree(AgentConfigReader.read(LEAST, environment).system());

    assertThat(shown.at(key).asString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pulse: 8 x             | line 3: cluster.pulse is \"8 x\"; allowed is a duration from"
            + " 500ms",
        "pulse: 0s              | allowed is a duration",
        "pulse: [8s]            | line 3: cluster.pulse is [8s]",
        "threshold: 0           | a whole number from 1 to 100",
        "threshold: 1e3         | a whole number from 1 to 100",
        "threshold: -1          | cluster.threshold is \"-1\"",
        "hosts: localhost       | host:port of each coordinator",
        "root: cloudtask        | a path such as /cloudtask",
        "runtime2: x            | line 3: there is no key cluster.runtime2; did you mean"
            + " cluster.runtime?",
        "runtime: ../x          | cluster.runtime is here again",
        "device: {a: b}         | line 3: there is no key cluster.device.a",
      })
  void a_wrong_line_is_named_with_what_is_allowed(String line, String expected) {
    String text = "cluster:\n  runtime: r\n  " + line + "\napi: {hosts: ['127.0.0.1:0']}\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retrystartup: maybe         | true or false",
        "centerhost: 192.168.2.80    | a URL such as",
        "centerhost: ftp://x         | a URL such as",
        "websitehost: http://u:p@x   | a URL such as",
        "api: {auth: everybody}      | one of local, token, none",
        "api: {hosts: []}            | a list of address:port",
        "api: {hosts: [8600]}        | a list of address:port",
        "api: {hosts: [':99999']}    | a list of address:port",
        "api: {hosts: {a: b}}        | there is no key api.hosts.a",
        "logger: {loglevel: loud}    | one of debug, info, warn, error",
        "logger: {logsize: 5}        | a whole number from 65536",
        "cache: {maxjobs: 99999999}  | a whole number from 1 to 100000",
        "cache: {packagelimit: 1}    | a whole number from 1048576 to 10737418240",
        "pidfile: \"a\\0b\"          | the path of a file",
        "cashe: {maxjobs: 1}         | did you mean cache.maxjobs?",
        "foo: bar                    | there is no key foo; known are",
      })
  void a_wrong_value_stops_the_start(String text, String expected) {
    String whole = text.startsWith("api:") ? "cluster: {runtime: r}\n" : LEAST;

    assertThatThrownBy(() -> read(whole + text + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("line");
  }

  @Test
  void a_wrong_variable_is_named() {
    assertThatThrownBy(() -> AgentConfigReader.read(LEAST, Map.of("CLOUDTASK_LOG_SIZE", "big")))
        .hasMessageContaining("environment variable CLOUDTASK_LOG_SIZE: logger.logsize is \"big\"");
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    assertThatThrownBy(() -> read("foo: 1\nretrystartup: 2\n"))
        .hasMessageContainingAll("foo", "retrystartup", "cluster.runtime is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [", "- a", "just text", "a: b\n---\nc: d\n", "a: b\n\tc: d"})
  void broken_text_is_said_with_its_line(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line");
  }

  @Test
  void without_the_coordinators_word_the_hosts_must_be_written() {
    assertThatThrownBy(() -> read(LEAST + "useserverconfig: false\n"))
        .hasMessageContaining("centerhost is missing")
        .hasMessageContaining("websitehost is missing");
  }

  @Test
  void an_empty_file_lacks_a_runtime() {
    assertThatThrownBy(() -> read("# nothing\n")).hasMessageContaining("cluster.runtime");
  }

  @Test
  void it_does_not_listen_beyond_loopback_without_a_token() throws ConfigException {
    String open = "cluster: {runtime: r}\n";

    assertThatThrownBy(() -> read(open))
        .hasMessageContaining("[:8600] can be reached from other hosts")
        .hasMessageContaining("cluster.tokenfile");
    assertThatThrownBy(() -> read(open + "api: {hosts: ['127.0.0.1:1', '10.0.0.1:1']}"))
        .hasMessageContaining("can be reached");
    assertThat(read(open + "api: {auth: none}").auth()).isEqualTo(Auth.NONE);
    assertThat(read("cluster: {runtime: r, tokenfile: /etc/token}").tokenFile())
        .isEqualTo(Path.of("/etc/token"));
    assertThatThrownBy(() -> read(LEAST + "  auth: token\n")).hasMessageContaining("admit nobody");
  }

  @Test
  void settings_made_by_a_program_are_held_to_the_same_rules() throws ConfigException {
    Map<String, String> values = new HashMap<>();
    values.put("cluster.runtime", "local");
    values.put("api.hosts", "127.0.0.1:0");

    assertThat(AgentConfigReader.of(values).system().cluster().runtime()).isEqualTo("local");
    values.put("cluster.pulse", "soon");
    assertThatThrownBy(() -> AgentConfigReader.of(values)).hasMessageContaining("cluster.pulse");
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("agent.yaml");
    assertThatThrownBy(() -> AgentConfigReader.read(missing, Map.of()))
        .hasMessageContaining(missing + " is not there");
    Path binary = Files.write(directory.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> AgentConfigReader.read(binary, Map.of()))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void the_node_tells_how_many_jobs_it_takes() throws ConfigException {
    Node node = read(LEAST).node(8600, Tls.NONE, Instant.ofEpochSecond(1_521_276_530));

    assertThat(node.attach()).isEqualTo("eyJqb2JtYXhjb3VudCI6MjU1fQo=");
    assertThat(node.location()).isEqualTo("myCluster");
    assertThat(node.apiaddr()).isEqualTo("http://127.0.0.1:8600");
  }

  private static AgentConfig read(String text) throws ConfigException {
    return AgentConfigReader.read(text, Map.of());
  }
}
