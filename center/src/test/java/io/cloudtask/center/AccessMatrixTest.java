package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Route;
import io.cloudtask.store.Audit;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.AuditSearch;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.TokenRow;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may do what with whose objects: every route that opens to a role on a part, with every role,
 * on objects of that part and on those of others. The cases are made of the routes themselves; a
 * route that is in none of the lists here has no case, and that fails too.
 */
final class AccessMatrixTest {
  /** Nothing of anybody is behind them. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /api/v1/version",
          "GET /api/v1/openapi.yaml",
          "GET /api/v1/events",
          "POST /api/v1/schedules/preview",
          "POST /api/file/upload/default/{filename}",
          "GET /cloudtask/v2/_ping");

  /** They answer with whatever the caller may see. */
  private static final Set<String> LISTS =
      Set.of(
          "GET /api/v1/agents",
          "GET /api/v1/jobs",
          "GET /api/v1/tree",
          "GET /api/v1/overview",
          "GET /api/v1/packages",
          "GET /api/v1/runs",
          "GET /api/v1/runs/histogram",
          "GET /api/v1/runtimes",
          "GET /api/v1/search",
          "GET /api/v1/export",
          "GET /api/v1/notifications",
          "GET /api/v1/notifications/rules");

  /** They name objects in their body; each has a test of its own in {@link ScopedChangesTest}. */
  private static final Set<String> NAMING =
      Set.of(
          "POST /api/v1/jobs",
          "POST /api/v1/jobs/check",
          "POST /api/v1/apply",
          "POST /api/v1/next",
          "POST /api/v1/bulk/jobs",
          "POST /api/v1/bulk/runs",
          "POST /api/v1/notifications/rules",
          "PUT /cloudtask/v2/jobs/action");

  /** Nobody does them. */
  private static final Set<String> NOTICED =
      Set.of("agent.joined", "agent.left", "agent.back", "agent.fenced", "center.elected");

  private static final List<Role> ROLES =
      List.of(Role.ADMIN, Role.OWNER, Role.OPERATOR, Role.VIEWER);

  @TempDir Path dir;
  private RunningCenter running;
  private Places places;

  @BeforeEach
  void start() {
    running = new RunningCenter(dir);
    places = new Places(running.store);
  }

  @AfterEach
  void close() {
    running.close();
  }

  /** A route and the port that serves it. */
  private record Served(Route route, int port) {
    String name() {
      return route.method() + ' ' + route.path();
    }

    boolean namesAnObject() {
      return route.path().toString().contains("{") && !OPEN.contains(name());
    }
  }

  private List<Served> scoped() {
    int[] ports = {running.center.consolePort(), running.center.centerPort()};
    List<Served> all = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      int port = ports[i];
      running.center.routes().get(i).all().stream()
          .filter(Route::scoped)
          .forEach(route -> all.add(new Served(route, port)));
    }
    return all;
  }

  @Test
  void every_route_that_opens_to_a_part_is_in_a_list_or_names_an_object() {
    Set<String> listed = new TreeSet<>();
    Stream.of(OPEN, LISTS, NAMING).forEach(listed::addAll);
    assertThat(scoped().stream().filter(r -> !r.namesAnObject()).map(Served::name))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  static List<String> scopes() {
    return List.of("shop/tills", "shop");
  }

  @Test
  void whatever_is_done_is_written_down_with_who_did_it_and_from_where() throws Exception {
    String token = token("somebody", new GrantRow("admin", ""));
    Set<Integer> done = new TreeSet<>();
    for (Served served : scoped()) {
      if (served.namesAnObject() && !served.route.method().equals("GET")) {
        done.add(send(served, places.make(Places.OWN), token).status() / 100);
      }
    }
    assertThat(done).contains(2);
    running.put("/api/v1/runtimes/mars", "{}");
    running.delete("/api/v1/runtimes/mars");
    running.post("/api/v1/agents/" + Places.OWN.agentkey() + "/drain", "{\"preview\": false}");
    running.delete("/api/v1/agents/" + Places.OWN.agentkey() + "/drain");
    String form =
        "--XX\r\nContent-Disposition: form-data; name=\"jobFile\"; filename=\"x\"\r\n\r\n"
            + "content\r\n--XX--\r\n";
    running.post(
        "/api/file/upload/default/tool.tgz",
        form,
        "Content-Type",
        "multipart/form-data; boundary=XX");
    running.applied("{runtime: local, jobs: [{name: a, command: b}]}");
    try (FakeAgent agent = running.holding()) {
      assertThat(agent).isNotNull();
      String jobid = running.job("a").jobid();
      running.post("/api/v1/jobs/a/start", "");
      running.post("/api/v1/jobs/a/stop", "");
      act("start", jobid);
      act("stop", jobid);
      running.post("/api/v1/jobs/a/disable", "");
      running.post("/api/v1/jobs/a/enable", "");
      running.applied("{runtime: local, jobs: [{name: a, command: c}]}");
      running.post("/api/v1/jobs/a/revert", "{\"version\": 1}");
    }
    List<AuditRow> rows =
        running.store.read(tx ->
            tx
                .audit()
                .search(new AuditSearch(null, null, null, null, null, null), 1000, null)
                .items()
                .stream()
                .map(Audit.Entry::row)
                .filter(row -> !NOTICED.contains(row.what()))
                .toList());
    assertThat(rows).allMatch(row -> row.origin().equals("127.0.0.1") && !row.who().isEmpty());
    assertThat(rows)
        .extracting(AuditRow::what)
        .contains("job.change", "job.clone", "job.disable", "job.enable", "job.remove")
        .contains("job.revert", "job.create", "job.start", "job.stop")
        .contains("rule.change", "rule.remove", "rule.test", "package.upload")
        .contains("runtime.create", "runtime.remove", "agent.drain", "agent.undrain");
  }

  private void act(String action, String jobid) throws Exception {
    String url = "http://127.0.0.1:" + running.center.centerPort() + "/cloudtask/v2/jobs/action";
    String body =
        "{\"action\": \"%s\", \"runtime\": \"local\", \"jobid\": \"%s\"}".formatted(action, jobid);
    RunningCenter.Answer answer =
        running.send(
            running.request(url, RunningCenter.CLUSTER).PUT(BodyPublishers.ofString(body)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  /** What holds for a scope; the others are what it does not hold for. */
  private List<Places.Place> foreign(String scope) {
    return scope.contains("/")
        ? List.of(Places.OTHER_GROUP, Places.OTHER_RUNTIME)
        : List.of(Places.OTHER_RUNTIME);
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void a_role_does_with_its_own_objects_what_its_routes_do(String scope) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Role role : ROLES) {
      String token = token(role + " " + scope, grant(role, scope));
      for (Served served : scoped()) {
        if (served.namesAnObject()) {
          int status = send(served, places.make(Places.OWN), token).status();
          boolean opens = served.route.roles().contains(role);
          if (opens ? Set.of(401, 403, 404, 500).contains(status) : status != 403) {
            wrong.add(served.name() + " answered " + status + " to " + role);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void objects_of_others_are_not_there_and_nothing_happens_to_them(String scope) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Role role : ROLES) {
      String token = token(role + " " + scope, grant(role, scope));
      for (Served served : scoped()) {
        for (Places.Place place : foreign(scope)) {
          if (served.namesAnObject() && (place.ofAgents() || !namesARuntime(served))) {
            Places.Objects objects = places.make(place);
            Object before = state(objects);
            RunningCenter.Answer answer = send(served, objects, token);
            boolean opens = served.route.roles().contains(role);
            if (answer.status() != (opens ? 404 : 403)
                || tells(answer.text(), objects, served)
                || !before.equals(state(objects))) {
              wrong.add(served.name() + " answered " + answer.text() + " to " + role);
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Agents and runtimes are seen with any part of a runtime. */
  private static boolean namesARuntime(Served served) {
    String path = served.route.path().toString();
    return path.contains("{key}") || path.contains("{runtime}");
  }

  /** The answer may repeat what was asked, and nothing else. */
  private static boolean tells(String text, Places.Objects objects, Served served) {
    String asked = objects.path(served.route.path().toString());
    return objects.words().stream().anyMatch(word -> text.contains(word) && !asked.contains(word));
  }

  /** What callers could have changed. */
  private Object state(Places.Objects objects) {
    return running.store.read(tx ->
        List.of(
            tx.jobs().find(objects.jobid()).isPresent(),
            tx.jobs().versions(objects.jobid()),
            tx.runs().find(objects.runid()),
            tx.notifications().rules(),
            tx.packages().list(Scope.EVERYTHING),
            tx.audit().about(objects.jobid(), 9),
            tx.audit().about(objects.runid(), 9),
            tx.audit().about(objects.ruleid(), 9)));
  }

  @Test
  void what_may_be_read_but_not_changed_is_forbidden_and_not_hidden() throws Exception {
    String token =
        token("both", grant(Role.ADMIN, "shop/tills"), grant(Role.VIEWER, "shop/foreign"));
    List<String> wrong = new ArrayList<>();
    for (Served served : scoped()) {
      boolean rule = served.name().contains("{ruleid}");
      if (served.namesAnObject() && !namesARuntime(served) && !rule) {
        Places.Objects objects = places.make(Places.OTHER_GROUP);
        int status = send(served, objects, token).status();
        boolean reads = served.route.roles().contains(Role.VIEWER);
        if (reads ? Set.of(403, 404, 500).contains(status) : status != 403) {
          wrong.add(served.name() + " answered " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nobody_gets_at_an_object_without_a_token() throws Exception {
    Places.Objects objects = places.make(Places.OWN);
    Object before = state(objects);
    List<String> wrong = new ArrayList<>();
    for (Served served : scoped()) {
      int status = send(served, objects, "").status();
      if (!served.route.loopback() && status != 401) {
        wrong.add(served.name() + " answered " + status);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(state(objects)).isEqualTo(before);
  }

  @Test
  void lists_and_answers_about_own_objects_say_nothing_of_others() throws Exception {
    Places.Objects own = places.make(Places.OWN);
    List<Places.Objects> others =
        List.of(places.make(Places.OTHER_GROUP), places.make(Places.OTHER_RUNTIME));
    String token = token("somebody", grant(Role.ADMIN, "shop/tills"));
    List<String> wrong = new ArrayList<>();
    for (Served served : scoped()) {
      if (served.route.method().equals("GET")
          && (LISTS.contains(served.name()) || served.namesAnObject())) {
        RunningCenter.Answer answer = send(served, own, token);
        if (answer.status() != 200) {
          wrong.add(served.name() + " answered " + answer.status());
        }
        for (Places.Objects other : others) {
          if (other.words().stream().anyMatch(answer.text()::contains)) {
            wrong.add(served.name() + " says " + answer.text());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void counts_are_of_what_may_be_seen() throws Exception {
    places.make(Places.OWN);
    places.make(Places.OTHER_GROUP);
    places.make(Places.OTHER_RUNTIME);
    String token = token("somebody", grant(Role.VIEWER, "shop/tills"));
    assertThat(get("/api/v1/jobs", token).json().get("total").asLong()).isEqualTo(1);
    assertThat(get("/api/v1/jobs", token).json().get("counts").get("all").asLong()).isEqualTo(1);
    assertThat(get("/api/v1/jobs?sort=nextat", token).json().get("total").asLong()).isEqualTo(1);
    assertThat(get("/api/v1/overview", token).json().get("fleet").get("jobs").asLong())
        .isEqualTo(1);
    assertThat(get("/api/v1/tree", token).json().get(0).get("jobs").asLong()).isEqualTo(1);
    assertThat(get("/api/v1/runtimes/shop", token).json().get("jobs").asLong()).isEqualTo(1);
    assertThat(get("/api/v1/packages", token).json().get(0).get("jobs").asLong()).isEqualTo(1);
    assertThat(
            get("/api/v1/runs/histogram?buckets=1", token).json().get(0).get("succeeded").asLong())
        .isEqualTo(1);
    assertThat(get("/api/v1/runs", token).json().get("items")).hasSize(1);
  }

  private RunningCenter.Answer get(String path, String token) throws Exception {
    return running.send(running.request(running.consoleUrl(path), token).GET());
  }

  private RunningCenter.Answer send(Served served, Places.Objects objects, String token)
      throws Exception {
    String url = "http://127.0.0.1:" + served.port + objects.path(served.route.path().toString());
    HttpRequest.Builder request =
        token.isEmpty() ? HttpRequest.newBuilder(URI.create(url)) : running.request(url, token);
    String body = served.route.method().startsWith("P") ? objects.body(served.name()) : "";
    return running.send(
        request
            .header("If-Match", "\"1\"")
            .method(
                served.route.method(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static GrantRow grant(Role role, String scope) {
    return new GrantRow(role.name().toLowerCase(Locale.ROOT), scope);
  }

  private String token(String name, GrantRow... grants) {
    String token = "a-token-of-" + name.replace(' ', '-');
    TokenRow row = TokenRow.of(name, Set.of(grants), RunningCenter.NOW);
    running.store.execute(tx -> tx.tokens().create(token, row));
    return token;
  }
}
