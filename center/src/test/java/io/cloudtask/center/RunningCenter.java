package io.cloudtask.center;

import static org.awaitility.Awaitility.await;

import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A whole center on real ports over a real store, with a clock that stands still. */
final class RunningCenter implements AutoCloseable {
  static final String ADMIN = "administrator-token";
  static final String CLUSTER = "cluster-token-of-tests";
  static final Instant NOW = Instant.parse("2026-06-15T20:00:00Z");

  final TestClock clock;
  final MemoryCoordination coordination;
  final Store store;
  final Center center;
  final MemorySession session;
  private final boolean owner;
  private final HttpClient client = HttpClient.newHttpClient();

  /** An answer: its status, its text, and its header lines. */
  record Answer(int status, String text, HttpResponse<?> response) {
    JsonNode json() {
      return Json.MAPPER.readTree(text);
    }

    <T> T as(Class<T> type) {
      return Json.MAPPER.readValue(text, type);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** The only center of a machine. */
  RunningCenter(Path dir) {
    this(config(dir), dir);
  }

  /** The only center of a machine, which tells people what happens. */
  static RunningCenter telling(Path dir, NotifySettings notifications) {
    return new RunningCenter(config(dir).with(notifications), dir);
  }

  /** The first center of a cluster. */
  static RunningCenter first(Path dir) {
    return new RunningCenter(clustered(config(dir)), dir);
  }

  private RunningCenter(CenterSettings settings, Path dir) {
    owner = true;
    clock = new TestClock(NOW);
    coordination = new MemoryCoordination();
    store = Store.open(dir.resolve("cloudtask.db"), clock);
    session = coordination.open();
    center = Center.start(settings, store, session, clock);
  }

  /** Another center of the same cluster. */
  RunningCenter(RunningCenter first, Path dir) {
    owner = false;
    clock = first.clock;
    coordination = first.coordination;
    store = first.store;
    session = coordination.open();
    center = Center.start(clustered(config(dir)), store, session, clock);
  }

  static CenterSettings config(Path dir) {
    return CenterSettings.of("127.0.0.1", 0, 0, dir, ADMIN, CLUSTER, "local");
  }

  private static CenterSettings clustered(CenterSettings alone) {
    CenterSettings.Habits habits =
        new CenterSettings.Habits(
            alone.habits().pulse(),
            alone.habits().silence(),
            LeadSettings.CLUSTER,
            alone.habits().packages());
    return new CenterSettings(
        alone.doors(),
        alone.self(),
        alone.secrets(),
        habits,
        alone.sharing(),
        alone.notifications(),
        alone.data());
  }

  String consoleUrl(String path) {
    return "http://127.0.0.1:" + center.consolePort() + path;
  }

  String centerUrl(String path) {
    return centerUrl(FakeAgent.KEY, path);
  }

  String centerUrl(String agent, String path) {
    return "http://127.0.0.1:" + center.centerPort() + "/cloudtask/v2/agents/" + agent + path;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(consoleUrl(path), ADMIN).GET());
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(consoleUrl(path), ADMIN).DELETE());
  }

  Answer put(String path, String body) throws IOException, InterruptedException {
    return send(request(consoleUrl(path), ADMIN).PUT(BodyPublishers.ofString(body)));
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(consoleUrl(path), ADMIN);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.POST(BodyPublishers.ofString(body)));
  }

  Answer apply(String yaml) throws IOException, InterruptedException {
    return post("/api/v1/apply", yaml);
  }

  /** Applies a file that is right. */
  ApplyResult applied(String yaml) throws IOException, InterruptedException {
    Answer answer = apply(yaml);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return answer.as(ApplyResult.class);
  }

  /** Applies a file and gives the id of its first job. */
  String made(String yaml) throws IOException, InterruptedException {
    return Objects.requireNonNull(applied(yaml).steps().getFirst().jobid());
  }

  JobView job(String reference) throws IOException, InterruptedException {
    return get("/api/v1/jobs/" + reference).as(JobView.class);
  }

  /** What the ledger says of job a. */
  WhyView why(String at) throws IOException, InterruptedException {
    return get("/api/v1/jobs/a/why?at=" + at).as(WhyView.class);
  }

  /** An agent that holds job a. */
  FakeAgent holding() throws Exception {
    FakeAgent agent = new FakeAgent(this);
    await().until(() -> job("a").agent() != null);
    return agent;
  }

  /** For other threads. */
  Answer quietly(String path) {
    try {
      return get(path);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a node of the cluster; fails unless all is well. */
  void tell(String url, Object body) throws IOException, InterruptedException {
    byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
    Answer answer = send(request(url, CLUSTER).POST(BodyPublishers.ofByteArray(bytes)));
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  HttpRequest.Builder request(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (request.build().uri().getPath().equals("/api/v1/events")) {
      return beginning(request);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    String text = new String(response.body(), StandardCharsets.UTF_8);
    return new Answer(response.statusCode(), text, response);
  }

  /** Of an answer that does not end. */
  private Answer beginning(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(12), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), text, response);
    }
  }

  @Override
  public void close() {
    center.close();
    session.close();
    client.close();
    if (owner) {
      coordination.close();
      store.close();
    }
  }
}
