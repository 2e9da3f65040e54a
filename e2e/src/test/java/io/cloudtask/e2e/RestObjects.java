package io.cloudtask.e2e;

import static org.awaitility.Awaitility.await;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the requests of {@link HonestRest} are about. Made anew each time: what a request removes is
 * there again, and what another changed is as it was.
 */
final class RestObjects {
  private static final String GIVEN = "correct horse battery";

  private final Api api;
  private final String user = "person-" + UUID.randomUUID();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Map<String, String>> sessions = new HashMap<>();
  private final JobView seed;
  private final RunView run;

  RestObjects(Api api) {
    this.api = api;
    jobs();
    seed = api.job("seed");
    run = api.runs("seed").getFirst();
    usual();
    removable();
    people();
  }

  JobView seed() {
    return seed;
  }

  RunView run() {
    return run;
  }

  /** The name of somebody whose password is {@link RestBodies#PASSWORD}. */
  String user() {
    return user;
  }

  /** Of a parameter anywhere, or of {@code OPERATION.PARAMETER}; null when nobody gave it one. */
  @Nullable String value(String name) {
    return values.get(name);
  }

  /** The headers of a browser at which somebody is signed in. */
  Map<String, String> session(String operation) {
    return sessions.getOrDefault(operation, sessions.getOrDefault("", Map.of()));
  }

  private void jobs() {
    api.apply(
        """
        runtime: local
        group: seeds
        jobs:
          - {name: seed, command: "echo seed", schedules: [{daily: "02:30"}]}
          - {name: nobodys, command: "true", servers: [nowhere.example]}
          - {name: edited, command: "true", servers: [nowhere.example]}
          - {name: gone, command: "true", servers: [nowhere.example]}
        """);
    String agent = agent();
    values.put("key", agent);
    api.send("DELETE", "/api/v1/agents/" + agent + "/drain", null);
    await().atMost(Duration.ofSeconds(20)).until(() -> api.job("seed").agent() != null);
    if (api.runs("seed").isEmpty()) {
      api.post("/api/v1/jobs/seed/start");
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.runs("seed").stream().anyMatch(run -> run.state() == RunState.SUCCEEDED));
  }

  private String agent() {
    for (JsonNode agent : Json.MAPPER.readTree(api.get("/api/v1/agents"))) {
      if (agent.get("online").asBoolean()) {
        return agent.get("key").asString();
      }
    }
    throw new AssertionError("no agent is there");
  }

  private void usual() {
    String[][] usual = {
      {"ref", "seed"},
      {"runid", run.runid()},
      {"runtime", "local"},
      {"group", "seeds"},
      {"filename", "x.zip"},
      {"stream", "stdout"},
      {"n", "1"},
      {"job", "seed"},
      {"jobs.name", "seed"},
      {"agent", values.get("key")},
      {"state", "succeeded"},
      {"jobs.state", "idle"},
      {"trigger", "manual"},
      {"text", "se"},
      {"owner", "admin"},
      {"sort", "-fireat"},
      {"jobs.sort", "-execat"},
      {"offset", "0"},
      {"limit", "2"},
      {"after", ""},
      {"at", "2026-06-15T02:30:00Z"},
      {"from", "2026-06-15T02:30:00Z"},
      {"to", "2099-01-01T00:00:00Z"},
      {"output.from", "0"},
      {"output.offset", "-2"},
      {"wait", "0"},
      {"buckets", "24"},
      {"dryrun", "false"},
      {"prune", "false"},
      {"who", "admin"},
      {"what", "job.create"},
      {"object", seed.jobid()},
      {"name", "made"},
      {"Idempotency-Key", "k"},
      {"Last-Event-ID", "7"},
      {"If-Match", "\"" + api.job("edited").version() + "\""},
      {"changeJob.ref", "edited"},
      {"revertJob.ref", "edited"},
      {"removeJob.ref", "gone"},
      {"putRuntime.runtime", "mars"},
    };
    for (String[] pair : usual) {
      values.put(pair[0], pair[1]);
    }
  }

  private void removable() {
    api.send("PUT", "/api/v1/runtimes/phobos", "{}");
    values.put("removeRuntime.runtime", "phobos");
    String token =
        "{\"name\":\"%s\",\"grants\":[{\"role\":\"viewer\"}]}".formatted(UUID.randomUUID());
    JsonNode made = Json.MAPPER.readTree(api.send("POST", "/api/v1/tokens", token).body());
    values.put("removeToken.id", made.get("token").get("id").asString());
    values.put("ruleid", rule());
    values.put("removeRule.ruleid", rule());
  }

  private String rule() {
    String rule = RestBodies.of("createRule").getFirst();
    HttpResponse<String> made = api.send("POST", "/api/v1/notifications/rules", rule);
    return Json.MAPPER.readTree(made.body()).get("ruleid").asString();
  }

  /**
   * One who is signed in at three browsers, and another one whose password will change, who goes.
   */
  private void people() {
    String other = UUID.randomUUID().toString();
    sessions.put("changePassword", person(other));
    values.put("removeUser.name", other);
    sessions.put("", person(user));
    sessions.put("signOut", signIn(user, RestBodies.PASSWORD));
    Map<String, String> third = signIn(user, RestBodies.PASSWORD);
    JsonNode list = Json.MAPPER.readTree(browser("GET", "/api/v1/me/sessions", third, "").body());
    for (JsonNode session : list) {
      if (session.get("current").asBoolean()) {
        values.put("endSession.id", session.get("id").asString());
      }
    }
  }

  /** Somebody new, who has chosen a password. */
  private Map<String, String> person(String name) {
    String grants = "[{\"role\":\"viewer\"}]";
    api.send(
        "POST",
        "/api/v1/users",
        "{\"name\":\"%s\",\"password\":\"%s\",\"grants\":%s}".formatted(name, GIVEN, grants));
    Map<String, String> session = signIn(name, GIVEN);
    String change = "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(GIVEN, RestBodies.PASSWORD);
    browser("PUT", "/api/v1/me/password", session, change);
    return session;
  }

  private Map<String, String> signIn(String name, String password) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
    HttpResponse<String> in = browser("POST", "/api/v1/session", Map.of(), body);
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    String csrf = Json.MAPPER.readTree(in.body()).get("csrf").asString();
    return Map.of("Cookie", cookie, "X-CSRF-Token", csrf);
  }

  private HttpResponse<String> browser(
      String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.console().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = Api.exchange(request.build());
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(method + ' ' + path + " -> " + response.body());
    }
    return response;
  }
}
