package io.cloudtask.center.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.config.CenterConfig.StorePlace;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.center.notify.NotifySettings.Mail;
import io.cloudtask.center.notify.NotifySettings.Security;
import io.cloudtask.model.json.Json;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CenterConfigReaderTest {
  private static final String LEAST = "cluster: {tokenfile: ./cluster-token}\n";

  @Test
  void what_is_not_written_has_its_usual_value() throws ConfigException {
    CenterConfig config = read(LEAST);

    assertThat(Json.MAPPER.writeValueAsString(config.system()))
        .isEqualTo(
            """
            {"version":"v.3.0.0","pidfile":"./jobserver.pid","retrystartup":true,\
            "useserverconfig":true,"centerhost":"","websitehost":"","cluster":{\
            "hosts":"127.0.0.1:2181","root":"/cloudtask","device":"","runtime":"",\
            "os":"","platform":"","pulse":"30s","timeout":"60s","threshold":1},\
            "api":{"hosts":[":8985"]},"console":{"hosts":[":8091"]},\
            "scheduler":{"allocmode":"hash","allocrecovery":"320s","lease":"8s","skew":"1s"},\
            "cache":{"lrusize":64,"storagedriver":""},\
            "logger":{"logfile":"./logs/jobserver.log","loglevel":"info","logsize":20971520}}\
            """);
    assertThat(config.auth()).isEqualTo(Admission.LOCAL);
    assertThat(config.store())
        .isEqualTo(new StorePlace.SqliteFile(Path.of("./center/cloudtask.db")));
    assertThat(config.notifications()).isEqualTo(NotifySettings.NONE);
  }

  @Test
  void the_sample_shows_the_usual_values() throws ConfigException {
    assertThat(CenterConfigReader.read(Path.of("../etc/center.yaml"), Map.of()))
        .isEqualTo(read(LEAST));
  }

  @Test
  void the_sample_names_every_key_and_every_variable() throws Exception {
    String sample = Files.readString(Path.of("../etc/center.yaml"));

    for (String word : CenterConfigReader.words()) {
      boolean variable = word.startsWith("CLOUDTASK_");
      assertThat(sample).contains(variable ? word : word.replaceFirst(".*\\.", "") + ":");
    }
    assertThat(sample).contains("name:", "url:", "host:", "port:", "user:", "sender:", "enabled:");
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
        "CLOUDTASK_CLUSTER_TIMEOUT | /cluster/timeout | 90s",
        "CLOUDTASK_CLUSTER_THRESHOLD | /cluster/threshold | 4",
        "CLOUDTASK_API_HOST | /api/hosts/0 | 127.0.0.1:1",
        "CLOUDTASK_CONSOLE_HOST | /console/hosts/0 | 127.0.0.1:2",
        "CLOUDTASK_SCHEDULER_ALLOCMODE | /scheduler/allocmode | pref",
        "CLOUDTASK_SCHEDULER_ALLOCRECOVERY | /scheduler/allocrecovery | 9m",
        "CLOUDTASK_SCHEDULER_LEASE | /scheduler/lease | 11s",
        "CLOUDTASK_SCHEDULER_SKEW | /scheduler/skew | 2s",
        "CLOUDTASK_LOG_FILE | /logger/logfile | other.log",
        "CLOUDTASK_LOG_LEVEL | /logger/loglevel | warn",
        "CLOUDTASK_LOG_SIZE | /logger/logsize | 70000",
      })
  void each_variable_stands_for_its_key(String variable, String key, String value)
      throws ConfigException {
    JsonNode shown =
        Json.MAPPER.valueToTree(CenterConfigReader.read(LEAST, Map.of(variable, value)).system());
    assertThat(shown.at(key).asString()).isEqualTo(value);
  }

  @Test
  void variables_stand_for_what_is_not_shown_to_others_too() throws ConfigException {
    CenterConfig config =
        CenterConfigReader.read(
            "version: v.3.0.0\n",
            Map.of(
                "CLOUDTASK_CLUSTER_TOKENFILE", "/t",
                "CLOUDTASK_ADMINTOKENFILE", "/a",
                "CLOUDTASK_DIRECTORY", "/d",
                "CLOUDTASK_API_AUTH", "token",
                "CLOUDTASK_API_TLS_CERTFILE", "/c",
                "CLOUDTASK_API_TLS_KEYFILE", "/k",
                "CLOUDTASK_API_TLS_CAFILE", "/o"));
    assertThat(config.tokenFile()).isEqualTo(Path.of("/t"));
    assertThat(config.adminTokenFile()).isEqualTo(Path.of("/a"));
    assertThat(config.directory()).isEqualTo(Path.of("/d"));
    assertThat(config.auth()).isEqualTo(Admission.TOKEN);
    assertThat(config.tls()).isEqualTo(new TlsFiles(Path.of("/c"), Path.of("/k"), Path.of("/o")));
  }

  @Test
  void variables_name_the_store(@TempDir Path dir) throws Exception {
    String url = "jdbc:postgresql://db/cloudtask";
    Map<String, String> variables =
        Map.of(
            "CLOUDTASK_STORE_URL", url,
            "CLOUDTASK_STORE_USER", "me",
            "CLOUDTASK_STORE_POOLSIZE", "9");
    Map<String, String> written = new HashMap<>(variables);
    written.put("CLOUDTASK_STORE_PASSWORD", "secret");
    assertThat(CenterConfigReader.read(LEAST, written).store())
        .isEqualTo(new StorePlace.Postgres(url, "me", "secret", 9));

    Path file = Files.writeString(dir.resolve("password"), "of a file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> named = new HashMap<>(variables);
    named.put("CLOUDTASK_STORE_PASSWORDFILE", file.toString());
    assertThat(CenterConfigReader.read(LEAST, named).store())
        .isEqualTo(new StorePlace.Postgres(url, "me", "of a file", 9));
  }

  @Test
  void the_environment_wins_over_the_file() throws ConfigException {
    CenterConfig config =
        CenterConfigReader.read(
            LEAST,
            Map.of(
                "CLOUDTASK_CLUSTER_TIMEOUT", "90s",
                "CLOUDTASK_API_HOST", "127.0.0.1:1, [::1]:2",
                "CLOUDTASK_CONSOLE_HOST", "127.0.0.1:3",
                "CLOUDTASK_SCHEDULER_ALLOCMODE", "PREF",
                "CLOUDTASK_STORE_URL", "/var/lib/cloudtask.db",
                "CLOUDTASK_API_ENABLECORS", "true",
                "CLOUDTASK_CACHE_MAXJOBS", "7"));

    assertThat(config.system().cluster().timeout().written()).isEqualTo("90s");
    assertThat(config.centerListens())
        .containsExactly(new Listen("127.0.0.1", 1), new Listen("::1", 2));
    assertThat(config.consoleListens()).containsExactly(new Listen("127.0.0.1", 3));
    assertThat(config.system().scheduler().mode()).isEqualTo(Mode.PREF);
    assertThat(config.store())
        .isEqualTo(new StorePlace.SqliteFile(Path.of("/var/lib/cloudtask.db")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scheduler: {allocmode: random}        | one of hash, pref",
        "scheduler: {allocrecovery: 0s}        | a duration from 1s to 24h, such as 320s",
        "api: {auth: some}                     | one of local, token, none",
        "api: {enablecors: true}               | there is no key api.enablecors",
        "console: {hosts: [8091]}              | a list of address:port",
        "cache: {lrusize: -1}                  | a whole number from 0 to 4096",
        "cache: {storagedriver: mongo}         | one of sqlite, postgresql",
        "cache: {storagedriver: postgresql}    | store.url names a store of the kind sqlite",
        "cache: {maxjobs: 1}                   | there is no key cache.maxjobs",
        "store: {url: 'mysql://x/y'}           | the path of a SQLite file, or jdbc:postgresql://",
        "store: {url: 'jdbc:sqlite:x'}         | the path of a SQLite file, or jdbc:postgresql://",
        "store: {user: me}                     | store.user is for a store.url that begins with",
        "store: {poolsize: 1}                  | a whole number from 3 to 200",
        "store: {url: jdbc:postgresql://db/c?password=x} | store.passwordfile",
        "store: {pasword: x}                   | did you mean store.password?",
        "notifications: {endpoints: [a]}       | a list of sections",
        "notifications: {endpoints: [{name: fax}]}  | endpoints[0].name is \"fax\"; allowed is one"
            + " of",
        "notifications: {endpoints: [{url: 'http://x'}]} | endpoints[0].name is missing",
        "notifications: {endpoints: [{name: api}]}  | endpoints[0].url is missing",
        "notifications: {endpoints: [{name: api, url: 'ftp://x'}]}  | a URL that begins with http",
        "notifications: {endpoints: [{name: smtp, host: h, sender: me}]} | an address such as",
        "notifications: {endpoints: [{name: smtp, sender: a@b}]} | endpoints[0].host is missing",
        "notifications: {endpoints: [{name: smtp, security: ssl}]} | allowed is one of auto",
        "notifications: {endpoints: [{name: api, url: 'http://x', to: y}]} | no key"
            + " notifications.endpoints[0].to",
      })
  void a_wrong_value_stops_the_start(String text, String expected) {
    assertThatThrownBy(() -> read(LEAST + text + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("line 2");
  }

  @Test
  void without_a_cluster_token_it_does_not_start() {
    assertThatThrownBy(() -> read("api: {auth: none}\n"))
        .hasMessageContaining("cluster.tokenfile is missing")
        .hasMessageContaining("cloudtask init");
  }

  @Test
  void a_password_comes_from_a_file_that_only_its_owner_reads(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "s3cret\n");
    String text =
        LEAST
            + "store: {url: 'jdbc:postgresql://db:5432/cloudtask', user: me, passwordfile: '%s'}\n"
                .formatted(file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> read(text)).hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(read(text).store())
        .isEqualTo(
            new StorePlace.Postgres("jdbc:postgresql://db:5432/cloudtask", "me", "s3cret", 12));
    assertThat(read(text).toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> read(text.replace("user: me", "user: me, password: a")))
        .hasMessageContaining("keep one of them");
  }

  @Test
  void no_message_shows_a_password() {
    assertThatThrownBy(() -> read(LEAST + "store: {password: \"s3\\ncret\"}\n"))
        .hasMessageContaining("store.password is no plain text")
        .hasMessageNotContaining("cret\"");
  }

  @Test
  void endpoints_that_are_not_enabled_are_checked_and_left_out() throws ConfigException {
    CenterConfig config =
        read(
            LEAST
                + """
                notifications:
                  endpoints:
                    - {name: smtp, host: mail, port: 587, user: u, password: p, sender: a@b.c, cafile: ca.crt}
                    - {name: api, url: "https://hooks.example.org/x?y=z"}
                    - {name: api, url: "http://other", enabled: false}
                """);

    assertThat(config.notifications())
        .isEqualTo(
            new NotifySettings(
                new Mail("mail", 587, "u", "p", "a@b.c", Security.AUTO, Path.of("ca.crt")),
                false,
                List.of("https://hooks.example.org/x?y=z")));
  }

  private static CenterConfig read(String text) throws ConfigException {
    return CenterConfigReader.read(text, Map.of());
  }
}
