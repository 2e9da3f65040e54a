package io.cloudtask.benchmarks.process;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** The REST API, as a script would use it. Thread-safe. */
public final class Rest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI console;
  private final String token;

  private Rest(URI console, String token) {
    this.console = console;
    this.token = token;
  }

  /** An administrator's. */
  public static Rest of(String console, Path tokenFile) throws IOException {
    return new Rest(URI.create(console), Files.readString(tokenFile).strip());
  }

  public void apply(String jobFile) throws IOException, InterruptedException {
    send("POST", "/api/v1/apply", jobFile);
  }

  public String get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  public void post(String path) throws IOException, InterruptedException {
    send("POST", path, "");
  }

  public List<AgentView> agents() throws IOException, InterruptedException {
    return Json.MAPPER.readValue(get("/api/v1/agents"), new TypeReference<List<AgentView>>() {});
  }

  /** The answer to a request as a stream, for one that has no end. */
  public InputStream open(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("GET " + path + " -> " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(console.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          method + " " + path + " -> " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** Whether every agent that is online holds its newest set, and together they have all jobs. */
  public boolean isPlaced(long jobs) throws IOException, InterruptedException {
    List<AgentView> agents = agents();
    return agents.stream().filter(AgentView::online).mapToLong(AgentView::jobs).sum() == jobs
        && agents.stream().allMatch(a -> !a.online() || a.acknowledged() == a.revision());
  }
}
