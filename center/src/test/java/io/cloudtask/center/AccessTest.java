package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.TokenRow;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in where: every route of both ports, tried with every kind of caller. */
final class AccessTest {
  private static final Set<Integer> SHUT = Set.of(401, 403);

  @TempDir Path dir;
  private RunningCenter running;

  @BeforeEach
  void start() {
    running = new RunningCenter(dir);
    for (Role role : Role.values()) {
      Set<GrantRow> grants = Set.of(new GrantRow(word(role), ""));
      TokenRow row = TokenRow.of(role.name(), grants, RunningCenter.NOW);
      running.store.execute(tx -> tx.tokens().create(token(role), row));
    }
  }

  @AfterEach
  void close() {
    running.close();
  }

  /**
   * What is on the list is on purpose: a new route, or a role more, has to be written down here.
   */
  @Test
  void the_list_of_routes_says_who_may_use_them() {
    assertThat(
            running.center.routes().stream()
                .flatMap(routes -> routes.all().stream())
                .map(AccessTest::line))
        .containsExactlyInAnyOrder(
            "DELETE /api/v1/me/sessions/{id}: admin owner operator viewer signed-in",
            "DELETE /api/v1/session: admin owner operator viewer self",
            "DELETE /api/v1/tokens/{id}: admin owner operator viewer signed-in",
            "DELETE /api/v1/users/{name}: admin everywhere",
            "GET /api/v1/audit: admin everywhere",
            "GET /api/v1/me/sessions: admin owner operator viewer signed-in",
            "GET /api/v1/me: admin owner operator viewer self",
            "GET /api/v1/tokens: admin owner operator viewer signed-in",
            "GET /api/v1/users/{name}: admin everywhere",
            "GET /api/v1/users: admin everywhere",
            "POST /api/v1/session: admin owner operator viewer open",
            "POST /api/v1/tokens: admin owner operator viewer signed-in",
            "POST /api/v1/users: admin everywhere",
            "PUT /api/v1/me/password: admin owner operator viewer self",
            "PUT /api/v1/users/{name}: admin everywhere",
            "GET /api/v1/runtimes/{runtime}/owners: admin owner operator viewer",
            "PUT /api/v1/runtimes/{runtime}/owners: admin everywhere",
            "DELETE /api/v1/agents/{key}/drain: admin everywhere",
            "DELETE /api/v1/jobs/{ref}: admin owner",
            "DELETE /api/v1/notifications/rules/{ruleid}: admin",
            "DELETE /api/v1/runtimes/{runtime}: admin everywhere",
            "GET /api/v1/notifications: admin",
            "GET /api/v1/notifications/rules: admin",
            "POST /api/v1/notifications/rules: admin",
            "POST /api/v1/notifications/rules/{ruleid}/test: admin",
            "PUT /api/v1/notifications/rules/{ruleid}: admin",
            "GET /api/file/default/{filename}: admin owner operator viewer cluster",
            "GET /api/file/default/{filename}: admin owner operator viewer cluster",
            "GET /api/v1/agents/{key}: admin owner operator viewer",
            "GET /api/v1/agents: admin owner operator viewer",
            "GET /api/v1/centers: admin everywhere",
            "GET /api/v1/export: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/export: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/next: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/why: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}: admin owner operator viewer",
            "GET /api/v1/jobs: admin owner operator viewer",
            "GET /api/v1/openapi.yaml: admin owner operator viewer",
            "GET /api/v1/packages: admin owner operator viewer",
            "GET /api/v1/runs/{runid}/output/{stream}: admin owner operator viewer",
            "GET /api/v1/runs/{runid}: admin owner operator viewer",
            "GET /api/v1/runs: admin owner operator viewer",
            "GET /api/v1/runtimes/{runtime}: admin owner operator viewer",
            "GET /api/v1/runtimes: admin owner operator viewer",
            "GET /api/v1/tree: admin owner operator viewer",
            "GET /api/v1/runs/histogram: admin owner operator viewer",
            "GET /api/v1/search: admin owner operator viewer",
            "GET /api/v1/runtimes/{runtime}/assignments: admin owner operator viewer",
            "POST /api/v1/bulk/jobs: admin owner",
            "POST /api/v1/bulk/runs: admin owner operator",
            "POST /api/v1/runs/{runid}/rerun: admin owner operator",
            "POST /api/v1/jobs: admin owner",
            "PUT /api/v1/jobs/{ref}: admin owner",
            "POST /api/v1/jobs/check: admin owner operator viewer",
            "POST /api/v1/schedules/preview: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/versions: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/versions/{n}: admin owner operator viewer",
            "POST /api/v1/jobs/{ref}/revert: admin owner",
            "GET /api/v1/jobs/{ref}/ledger: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/stats: admin owner operator viewer",
            "GET /api/v1/jobs/{ref}/placement: admin owner operator viewer",
            "GET /api/v1/overview: admin owner operator viewer",
            "GET /api/v1/system: admin everywhere",
            "GET /api/v1/events: admin owner operator viewer",
            "GET /api/v1/version: admin owner operator viewer cluster local",
            "GET /cloudtask/v2/_ping: admin owner operator viewer cluster local",
            "GET /cloudtask/v2/agents/{key}/jobs: cluster everywhere",
            "GET /cloudtask/v2/jobs/{jobid}/base: admin owner operator viewer cluster local",
            "GET /cloudtask/v2/runtimes/{runtime}/jobsalloc: admin owner operator viewer cluster"
                + " local",
            "GET /cloudtask/v2/runtimes/{runtime}/servers: admin owner operator viewer cluster"
                + " local",
            "GET /cloudtask/v2/runtimes/{runtime}/{server}/jobsalloc: admin owner operator viewer"
                + " cluster local",
            "POST /api/file/upload/default/{filename}: admin owner",
            "POST /api/v1/agents/{key}/drain: admin everywhere",
            "POST /api/v1/agents/{key}/retire: admin everywhere",
            "POST /api/v1/apply: admin owner",
            "POST /api/v1/jobs/{ref}/clone: admin owner",
            "POST /api/v1/jobs/{ref}/disable: admin owner",
            "POST /api/v1/jobs/{ref}/enable: admin owner",
            "POST /api/v1/jobs/{ref}/start: admin owner operator",
            "POST /api/v1/jobs/{ref}/stop: admin owner operator",
            "POST /api/v1/next: admin owner operator viewer",
            "POST /api/v1/runs/{runid}/stop: admin owner operator",
            "POST /cloudtask/v2/agents/{key}/claims: cluster everywhere",
            "POST /cloudtask/v2/agents/{key}/hello: cluster everywhere",
            "POST /cloudtask/v2/agents/{key}/lease: cluster everywhere",
            "POST /cloudtask/v2/agents/{key}/reports: cluster everywhere",
            "POST /cloudtask/v2/logs: cluster everywhere",
            "POST /cloudtask/v2/messages: cluster everywhere",
            "PUT /api/v1/runtimes/{runtime}: admin everywhere",
            "PUT /cloudtask/v2/agents/{key}/runs/{runid}/output/{stream}: cluster everywhere",
            "PUT /cloudtask/v2/jobs/action: admin owner operator cluster local");
  }

  private static String line(Route route) {
    String roles =
        route.roles().stream().sorted().map(AccessTest::word).collect(Collectors.joining(" "));
    String entry =
        switch (route.entry()) {
          case ROLE -> " everywhere";
          case SCOPED -> "";
          case SIGNED_IN -> " signed-in";
          case SELF -> " self";
          case OPEN -> " open";
        };
    String local = route.loopback() ? " local" : "";
    return route.method() + ' ' + route.path() + ": " + roles + entry + local;
  }

  @Test
  void nobody_gets_in_without_a_token_but_local_callers_where_it_says_so() throws Exception {
    each((route, status) -> SHUT.contains(status) != (route.loopback() || isOpen(route)), "");
  }

  private static boolean isOpen(Route route) {
    return route.entry() == Route.Entry.OPEN;
  }

  @Test
  void nobody_gets_in_with_a_wrong_token() throws Exception {
    each((route, status) -> status == 401 || isOpen(route), "not-a-token-of-anybody");
  }

  @ParameterizedTest
  @EnumSource
  void a_role_opens_its_routes_and_no_others(Role role) throws Exception {
    String token = role == Role.CLUSTER ? RunningCenter.CLUSTER : token(role);
    each(
        (route, status) ->
            route.roles().contains(role) || isOpen(route) ? !SHUT.contains(status) : status == 403,
        token);
  }

  @Test
  void a_stored_token_never_has_the_role_of_the_cluster() throws Exception {
    each((route, status) -> status == 403 || isOpen(route), token(Role.CLUSTER));
  }

  @Test
  void whose_password_has_to_be_changed_gets_no_further_than_that() throws Exception {
    AccountRow ann =
        new AccountRow("ann", "", "", Set.of(GrantRow.ADMIN), true, true, RunningCenter.NOW, null);
    TokenRow row = TokenRow.of("ann", "ci", ann.grants(), RunningCenter.NOW, null);
    running.store.execute(tx -> {
      tx.accounts().create(ann, "");
      tx.tokens().create("token-of-ann", row);
    });
    each(
        (route, status) ->
            isOpen(route) || route.entry() == Route.Entry.SELF
                ? !SHUT.contains(status)
                : status == 403,
        "token-of-ann");
  }

  @Test
  void a_web_page_that_a_browser_here_shows_can_use_no_route_at_all() throws Exception {
    int[] ports = {running.center.consolePort(), running.center.centerPort()};
    for (int i = 0; i < ports.length; i++) {
      for (Route route : running.center.routes().get(i).all()) {
        String path = route.path().toString().replaceAll("\\{[a-z]+}", "x");
        RunningCenter.Answer answer =
            running.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[i] + path))
                    .header("Origin", "http://evil.example")
                    .method(route.method(), BodyPublishers.noBody()));
        assertThat(answer.status()).as(route.toString()).isEqualTo(isOpen(route) ? 403 : 401);
      }
    }
  }

  /** Tries every route with a token; "" sends none. */
  private void each(BiPredicate<Route, Integer> expected, String token) throws Exception {
    int[] ports = {running.center.consolePort(), running.center.centerPort()};
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      Routes routes = running.center.routes().get(i);
      assertThat(routes.all()).isNotEmpty();
      for (Route route : routes.all()) {
        int status = status(ports[i], route, token);
        if (!expected.test(route, status)) {
          wrong.add(line(route) + " answered " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private int status(int port, Route route, String token) throws Exception {
    String path = route.path().toString().replaceAll("\\{[a-z]+}", "x");
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(route.method(), BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return running.send(request).status();
  }

  private static String token(Role role) {
    return word(role) + "-token-0123456789";
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
