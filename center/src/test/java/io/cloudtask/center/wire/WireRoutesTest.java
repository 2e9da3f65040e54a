package io.cloudtask.center.wire;

import static io.cloudtask.center.exchange.TestCenter.ADMIN;
import static io.cloudtask.center.exchange.TestCenter.CLUSTER;
import static io.cloudtask.center.exchange.TestCenter.JOB;
import static io.cloudtask.center.exchange.TestCenter.KEY;
import static io.cloudtask.center.exchange.TestCenter.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.exchange.TestCenter;
import io.cloudtask.center.http.Listener;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.store.RunQuery;
import io.cloudtask.store.Scope;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireRoutesTest {
  private static final String V2 = "/cloudtask/v2";

  @TempDir Path dir;
  private final List<ActionRequest> acted = new CopyOnWriteArrayList<>();
  private TestCenter center;
  private Listener agent;

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
    Routes routes =
        Routes.builder()
            .add(
                Routes.put(V2 + "/jobs/action")
                    .allow(Role.CLUSTER)
                    .handle(call -> {
                      acted.add(call.json(ActionRequest.class));
                      return Reply.accepted();
                    }))
            .build();
    agent =
        Listener.start(
            "agent", "127.0.0.1", 0, routes, new Authenticator(CLUSTER, t -> Optional.empty()));
    center.assignJobTo("http://127.0.0.1:" + agent.port());
  }

  @AfterEach
  void stop() {
    agent.close();
    center.close();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void the_ping_says_who_this_center_is() throws Exception {
    HttpResponse<byte[]> response = center.get(V2 + "/_ping", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(TestCenter.tree(response).propertyNames())
        .containsExactly("app", "key", "node", "systemconfig");
    assertThat(text(response)).doesNotContain(CLUSTER);
  }

  @Test
  void the_base_of_a_job_is_bare() throws Exception {
    HttpResponse<byte[]> response = center.get(V2 + "/jobs/" + JOB + "/base", "");

    assertThat(text(response))
        .isEqualTo(
            "{\"jobid\":\""
                + JOB
                + "\",\"jobname\":\"nightly\",\"filename\":\"\","
                + "\"filecode\":\"d41d8cd98f00b204e9800998ecf8427e\",\"cmd\":\"./run.sh\","
                + "\"env\":[\"A=1\"],\"timeout\":30,\"version\":1,\"schedule\":[]}");
    HttpResponse<byte[]> unknown = center.get(V2 + "/jobs/" + "0".repeat(24) + "/base", "");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(TestCenter.tree(unknown).at("/content").asString())
        .isEqualTo("request resource not found.");
    assertThat(center.get(V2 + "/jobs/xyz/base", "").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/127.0.0.1", "/vm"})
  void the_table_of_a_runtime_names_who_holds_each_job(String server) throws Exception {
    HttpResponse<byte[]> response =
        center.get(V2 + "/runtimes/myCluster" + server + "/jobsalloc", "");

    var alloc = TestCenter.tree(response).at("/data/alloc");
    assertThat(alloc.propertyNames()).containsExactly("location", "version", "data");
    assertThat(alloc.at("/location").asString()).isEqualTo("myCluster");
    assertThat(alloc.at("/data/0").propertyNames())
        .containsExactly("jobid", "key", "version", "jobname", "ipaddr", "hostname");
    assertThat(alloc.at("/data/0/jobid").asString()).isEqualTo(JOB);
    assertThat(alloc.at("/data/0/key").asString()).isEqualTo(KEY);
    assertThat(alloc.at("/data/0/hostname").asString()).isEqualTo("vm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runtimes/nowhere/jobsalloc",
        "/runtimes/nowhere/vm/jobsalloc",
        "/runtimes/myCluster/elsewhere/jobsalloc",
        "/runtimes/nowhere/servers",
        "/nothing"
      })
  void what_is_not_there_is_said_in_the_envelope(String path) throws Exception {
    HttpResponse<byte[]> response = center.get(V2 + path, ADMIN);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(TestCenter.tree(response).at("/content").asString())
        .isEqualTo("request resource not found.");
  }

  @Test
  void servers_are_those_that_are_healthy() throws Exception {
    HttpResponse<byte[]> response = center.get(V2 + "/runtimes/myCluster/servers", "");

    var server = TestCenter.tree(response).at("/data/servers/0");
    assertThat(server.propertyNames())
        .containsExactly(
            "key", "name", "ipaddr", "apiaddr", "os", "platform", "status", "alivestamp");
    assertThat(server.at("/status").asInt()).isEqualTo(1);

    center.store.write(tx -> tx.agents().online(Set.of()));
    assertThat(text(center.get(V2 + "/runtimes/myCluster/servers", "")))
        .isEqualTo("{\"content\":\"request successed.\",\"data\":{\"servers\":[]}}");
  }

  private HttpResponse<byte[]> act(String token, String body) throws Exception {
    return center.json("PUT", V2 + "/jobs/action", token, body);
  }

  private static String action(String verb) {
    return "{\"runtime\":\"myCluster\",\"jobid\":\"" + JOB + "\",\"action\":\"" + verb + "\"}";
  }

  @Test
  void an_action_reaches_the_agent_that_holds_the_job() throws Exception {
    HttpResponse<byte[]> start = act("", action("start"));
    HttpResponse<byte[]> stop = act(CLUSTER, action("Stop"));

    assertThat(start.statusCode()).isEqualTo(202);
    assertThat(text(start)).isEqualTo("{\"content\":\"request accepted.\"}");
    assertThat(stop.statusCode()).isEqualTo(202);
    assertThat(acted).extracting(ActionRequest::action).containsExactly("start", "stop");
    assertThat(acted.getFirst().runid()).matches("[0-9a-f]{32}");
    assertThat(acted.getLast().runid()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"runtime\":\"myCluster\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\"} | 400",
        "{\"runtime\":\"myCluster\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\","
            + "\"action\":\"restart\"} | 400",
        "{\"runtime\":\"myCluster\",\"jobid\":\"../x\",\"action\":\"start\"} | 400",
        "{\"jobid\":\"8fee1ea957b7b6b49bd4e75f\",\"action\":\"start\"} | 400",
        "{\"runtime\":7,\"jobid\":\"8fee1ea957b7b6b49bd4e75f\",\"action\":\"start\"} | 400",
        "{\"runtime\":\"other\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\","
            + "\"action\":\"start\"} | 404",
        "{\"runtime\":\"myCluster\",\"jobid\":\"000000000000000000000000\","
            + "\"action\":\"start\"} | 404",
        "{ | 400",
      })
  void a_bad_action_is_refused_and_reaches_nobody(String body, int status) throws Exception {
    HttpResponse<byte[]> response = act(ADMIN, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestCenter.tree(response).at("/error/message").asString()).isNotEmpty();
    assertThat(acted).isEmpty();
  }

  @Test
  void an_action_whose_agent_is_gone_says_so() throws Exception {
    agent.close();

    HttpResponse<byte[]> response = act(ADMIN, action("start"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(TestCenter.tree(response).at("/error/message").asString())
        .contains("can't be reached");
  }

  @Test
  void an_action_on_a_job_that_nobody_holds_says_so() throws Exception {
    String jobid = "1".repeat(24);
    center.store.execute(
        tx -> tx.jobs().create(jobid, TestCenter.job("loose"), "admin", TestCenter.NOW));

    HttpResponse<byte[]> response = act(ADMIN, action("start").replace(JOB, jobid));

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(TestCenter.tree(response).at("/error/message").asString())
        .contains("no agent holds the job");
  }

  @Test
  void a_viewer_looks_and_does_not_act() throws Exception {
    assertThat(act(VIEWER, action("start")).statusCode()).isEqualTo(403);
    assertThat(center.get(V2 + "/runtimes/myCluster/servers", VIEWER).statusCode()).isEqualTo(200);
    assertThat(acted).isEmpty();
  }

  private static String execute(String msgid, int state, long timestamp) {
    return "{\"msgname\":\"JobExecute\",\"msgid\":\""
        + msgid
        + "\",\"jobid\":\""
        + JOB
        + "\",\"location\":\"myCluster\",\"key\":\"k\",\"ipaddr\":\"10.0.0.1\",\"state\":"
        + state
        + ",\"execerr\":\"\",\"execat\":\"2026-03-01T12:00:00Z\","
        + "\"nextat\":\"0001-01-01T00:00:00Z\",\"timestamp\":"
        + timestamp
        + ",\"unknown\":[1]}";
  }

  private HttpResponse<byte[]> message(String body) throws Exception {
    return center.json("POST", V2 + "/messages", CLUSTER, body);
  }

  private int stat() {
    return center.store.read(tx -> tx.jobs().find(JOB)).orElseThrow().stat();
  }

  @Test
  void a_message_changes_the_state_of_its_job_unless_a_newer_one_came_before() throws Exception {
    assertThat(message(execute("a", -1, 2_000_000_000L)).statusCode()).isEqualTo(202);
    assertThat(stat()).isEqualTo(-1);

    assertThat(message(execute("b", 0, 1_000_000_000L)).statusCode()).isEqualTo(202);
    assertThat(stat()).isEqualTo(-1);

    assertThat(message(execute("c", 0, 3_000_000_000L)).statusCode()).isEqualTo(202);
    assertThat(stat()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"msgname\":\"Other\",\"msgid\":\"a\",\"timestamp\":1}",
        "{\"msgname\":\"JobExecute\",\"msgid\":\"a\",\"timestamp\":1}",
        "{\"msgname\":\"JobExecute\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\",\"timestamp\":1}",
        "{\"msgname\":\"JobExecute\",\"msgid\":\"a\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\","
            + "\"state\":7,\"timestamp\":1}",
        "{\"msgname\":\"JobExecute\",\"msgid\":\"a\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\","
            + "\"state\":0,\"execat\":\"+999999999-12-31T00:00:00Z\",\"timestamp\":1}",
        "{\"msgname\":\"JobSelect\",\"msgid\":\"a\",\"jobid\":\"8fee1ea957b7b6b49bd4e75f\","
            + "\"nextat\":\"-999999999-01-01T00:00:00Z\",\"timestamp\":1}",
        "{\"msgname\":\"SystemEvent\",\"msgid\":\"a\",\"event\":\"drop_table\",\"timestamp\":1}"
      })
  void a_malformed_message_is_refused(String body) throws Exception {
    assertThat(message(body).statusCode()).isEqualTo(400);
  }

  @Test
  void a_log_is_kept_once() throws Exception {
    String log =
        "{\"jobid\":\""
            + JOB
            + "\",\"msgid\":\"m1\",\"event\":\"JobExecute\",\"group\":\"default\",\"stat\":0,"
            + "\"location\":\"myCluster\",\"command\":\"./run.sh\",\"workdir\":\"/w\","
            + "\"ipaddr\":\"10.0.0.1\",\"stdout\":\"hello\",\"errout\":\"\",\"execerr\":\"\","
            + "\"execat\":\"2026-03-01T12:00:00Z\",\"exectimes\":1.5,\"createat\":1772366402000}";
    for (int i = 0; i < 2; i++) {
      assertThat(center.json("POST", V2 + "/logs", CLUSTER, log).statusCode()).isEqualTo(202);
    }

    for (String wrong : List.of("1e300", "-1", "1772366403", "\"NaN\"")) {
      String other = log.replace("\"m1\"", "\"m2\"").replace("1.5", wrong);
      assertThat(center.json("POST", V2 + "/logs", CLUSTER, other).statusCode()).isEqualTo(400);
    }

    var runs =
        center.store.read(
            tx -> tx.runs().list(new RunQuery(Scope.EVERYTHING, JOB, Set.of(), null, 10, null)));
    assertThat(runs.items()).hasSize(1);
    assertThat(
            center
                .json("POST", V2 + "/logs", CLUSTER, log.replace(JOB, "2".repeat(24)))
                .statusCode())
        .isEqualTo(404);
    assertThat(
            center
                .json("POST", V2 + "/logs", CLUSTER, log.replace("\"stat\":0", "\"stat\":3"))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void messages_and_logs_need_the_cluster_token() throws Exception {
    for (String token : List.of("", ADMIN, "wrong")) {
      assertThat(center.json("POST", V2 + "/messages", token, "{}").statusCode()).isIn(401, 403);
      assertThat(center.json("POST", V2 + "/logs", token, "{}").statusCode()).isIn(401, 403);
    }
  }
}
