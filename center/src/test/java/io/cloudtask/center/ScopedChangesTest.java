package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.RunningCenter.Answer;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.TokenRow;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that name objects in what they send, by somebody who holds roles on one group. */
final class ScopedChangesTest {
  private static final String TOKEN = "token-of-an-owner-of-tills";

  @TempDir Path dir;
  private RunningCenter running;
  private Places.Objects own;
  private Places.Objects other;
  private Places.Objects away;

  @BeforeEach
  void start() {
    running = new RunningCenter(dir);
    holding(TOKEN, new GrantRow("owner", "shop/tills"));
    Places places = new Places(running.store);
    own = places.make(Places.OWN);
    other = places.make(Places.OTHER_GROUP);
    away = places.make(Places.OTHER_RUNTIME);
  }

  private void holding(String token, GrantRow... grants) {
    TokenRow row = TokenRow.of(token, Set.of(grants), RunningCenter.NOW);
    running.store.execute(tx -> tx.tokens().create(token, row));
  }

  @AfterEach
  void close() {
    running.close();
  }

  private Answer send(String method, String path, String body) throws Exception {
    return send(TOKEN, method, path, body);
  }

  private Answer send(String token, String method, String path, String body) throws Exception {
    return running.send(
        running
            .request(running.consoleUrl(path), token)
            .header("If-Match", "\"1\"")
            .method(method, BodyPublishers.ofString(body)));
  }

  private long jobs() {
    return running.store.read(tx -> tx.jobs().count(Scope.EVERYTHING, null));
  }

  @Test
  void a_job_is_made_only_where_its_maker_may_define_jobs() throws Exception {
    assertThat(send("POST", "/api/v1/jobs", form("new", Places.OWN)).status()).isEqualTo(201);
    assertThat(send("POST", "/api/v1/jobs", form("new", Places.OTHER_GROUP)).status())
        .isEqualTo(403);
    Answer unknown = send("POST", "/api/v1/jobs", form("new", Places.OTHER_RUNTIME));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text()).contains("shop");
    assertThat(jobs()).isEqualTo(4);
  }

  private static String form(String name, Places.Place place) {
    return "{\"name\":\"%s\",\"runtime\":\"%s\",\"group\":\"%s\",\"command\":\"true\"}"
        .formatted(name, place.runtime(), place.group());
  }

  @Test
  void a_job_is_moved_only_to_where_its_owner_may_define_jobs() throws Exception {
    String path = "/api/v1/jobs/" + own.jobid();
    assertThat(send("PUT", path, own.form(Places.OTHER_GROUP)).status()).isEqualTo(403);
    assertThat(send("GET", path, "").as(JobView.class).version()).isEqualTo(1);
    holding("both", new GrantRow("owner", "shop/tills"), new GrantRow("owner", "shop/foreign"));
    assertThat(send("both", "PUT", path, own.form(Places.OTHER_GROUP)).status()).isEqualTo(200);
    assertThat(send("GET", path, "").status()).isEqualTo(404);
    String back = "{\"version\":1}";
    holding("there", new GrantRow("owner", "shop/foreign"));
    assertThat(send("there", "POST", path + "/revert", back).status()).isEqualTo(403);
    assertThat(send("both", "POST", path + "/revert", back).status()).isEqualTo(200);
  }

  @Test
  void a_form_is_checked_without_a_word_of_what_others_have() throws Exception {
    String mine = "/api/v1/jobs/check?job=" + own.jobid();
    assertThat(send("POST", mine, own.form(Places.OWN)).status()).isEqualTo(200);
    String taken =
        "{\"name\":\"%s\",\"runtime\":\"shop\",\"group\":\"foreign\",\"command\":\"true\"}"
            .formatted(other.name());
    assertThat(send("POST", "/api/v1/jobs/check", taken).text()).doesNotContain(other.jobid());
    assertThat(
            send("POST", "/api/v1/jobs/check?job=" + away.jobid(), own.form(Places.OWN)).status())
        .isEqualTo(404);
    String packaged =
        "{\"name\":\"n\",\"runtime\":\"shop\",\"group\":\"tills\",\"command\":\"true\",\"filename\":\"%s\"}";
    assertThat(send("POST", "/api/v1/jobs", packaged.formatted(own.filename())).status())
        .isEqualTo(201);
    assertThat(send("POST", "/api/v1/jobs", packaged.formatted(away.filename())).status())
        .isEqualTo(400);
  }

  @Test
  void a_job_file_is_applied_only_to_a_group_of_its_author() throws Exception {
    assertThat(apply("shop", "tills").status()).isEqualTo(200);
    assertThat(apply("shop", "foreign").status()).isEqualTo(403);
    Answer unknown = apply("foreign", "tills");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text()).doesNotContain(away.name());
    assertThat(jobs()).isEqualTo(4);
    String next = "runtime: foreign\njobs:\n- {name: x, command: 'true'}\n";
    assertThat(send("POST", "/api/v1/next", next).status()).isEqualTo(400);
  }

  private Answer apply(String runtime, String group) throws Exception {
    return send(
        "POST",
        "/api/v1/apply",
        "runtime: %s\ngroup: %s\njobs:\n- {name: x, command: 'true'}\n".formatted(runtime, group));
  }

  @Test
  void of_many_jobs_those_of_others_are_unknown() throws Exception {
    String both = "[\"%s\",\"%s\"]".formatted(own.jobid(), other.jobid());
    for (String path : new String[] {"jobs", "runs"}) {
      String action = path.equals("jobs") ? "delete" : "stop";
      Answer answer =
          send(
              "POST",
              "/api/v1/bulk/" + path,
              "{\"action\":\"%s\",\"jobs\":%s}".formatted(action, both));
      assertThat(answer.json().get(1).get("ok").asBoolean()).isFalse();
      assertThat(answer.json().get(1).get("error").asString()).startsWith("there is no job");
      assertThat(answer.text()).doesNotContain(other.name());
    }
    assertThat(jobs()).isEqualTo(2);
    holding("operator", new GrantRow("operator", "shop/tills"));
    String start = "{\"action\":\"start\",\"jobs\":[\"x\"]}";
    assertThat(send("operator", "POST", "/api/v1/bulk/runs", start).status()).isEqualTo(200);
    assertThat(send("operator", "POST", "/api/v1/bulk/jobs", start).status()).isEqualTo(403);
    assertThat(send("POST", "/api/v1/bulk/jobs", start).status()).isEqualTo(400);
  }

  @Test
  void a_rule_is_made_by_an_administrator_of_what_it_is_about() throws Exception {
    String rules = "/api/v1/notifications/rules";
    assertThat(send("POST", rules, own.rule(Places.OWN, "")).status()).isEqualTo(403);
    holding("admin-of-tills", new GrantRow("admin", "shop/tills"));
    assertThat(rule(own.rule(Places.OWN, ""))).isEqualTo(201);
    assertThat(rule(own.rule(Places.OWN, own.jobid()))).isEqualTo(201);
    assertThat(rule(own.rule(Places.OTHER_GROUP, ""))).isEqualTo(403);
    assertThat(rule(own.rule(Places.OWN, other.jobid()))).isEqualTo(400);
    String everything = own.rule(Places.OWN, "").replaceAll("\"(shop|tills)\"", "null");
    assertThat(rule(everything)).isEqualTo(403);
    String changed = rules + "/" + own.ruleid();
    assertThat(send("admin-of-tills", "PUT", changed, everything).status()).isEqualTo(403);
    assertThat(send("admin-of-tills", "PUT", changed, own.rule(Places.OWN, "")).status())
        .isEqualTo(200);
  }

  private int rule(String body) throws Exception {
    return send("admin-of-tills", "POST", "/api/v1/notifications/rules", body).status();
  }

  @Test
  void an_action_of_the_older_wire_reaches_only_jobs_in_sight() throws Exception {
    assertThat(action(own)).isEqualTo(409);
    assertThat(action(other)).isEqualTo(404);
    assertThat(action(away)).isEqualTo(404);
  }

  private int action(Places.Objects objects) throws Exception {
    String body =
        "{\"action\":\"stop\",\"runtime\":\"%s\",\"jobid\":\"%s\"}"
            .formatted(objects.place().runtime(), objects.jobid());
    String url = "http://127.0.0.1:" + running.center.centerPort() + "/cloudtask/v2/jobs/action";
    return running.send(running.request(url, TOKEN).PUT(BodyPublishers.ofString(body))).status();
  }

  @Test
  void a_question_about_a_job_of_others_finds_nothing() throws Exception {
    assertThat(send("GET", "/api/v1/runs?job=" + own.jobid(), "").json().get("items")).hasSize(1);
    assertThat(send("GET", "/api/v1/runs?job=" + other.jobid(), "").json().get("items")).isEmpty();
    assertThat(send("GET", "/api/v1/runs?job=" + other.name(), "").status()).isEqualTo(404);
    assertThat(send("GET", "/api/v1/export?runtime=foreign", "").status()).isEqualTo(400);
    Answer group = send("GET", "/api/v1/export?runtime=shop&group=foreign", "");
    assertThat(group.text()).doesNotContain(other.name());
  }
}
