package io.cloudtask.e2e;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The REST API, as a script would use it. */
record Api(URI console, String token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  ApplyResult apply(String jobFile) {
    return Json.MAPPER.readValue(ok(send("POST", "/api/v1/apply", jobFile)), ApplyResult.class);
  }

  JobView job(String name) {
    return Json.MAPPER.readValue(ok(send("GET", "/api/v1/jobs/" + name, null)), JobView.class);
  }

  WhyView why(String name, Instant at) {
    String path =
        "/api/v1/jobs/"
            + name
            + "/why?at="
            + URLEncoder.encode(at.toString(), StandardCharsets.UTF_8);
    return Json.MAPPER.readValue(ok(send("GET", path, null)), WhyView.class);
  }

  RunView run(String runId) {
    return Json.MAPPER.readValue(ok(send("GET", "/api/v1/runs/" + runId, null)), RunView.class);
  }

  /** All runs of a job, newest first. */
  List<RunView> runs(String name) {
    List<RunView> all = new ArrayList<>();
    String after = "";
    while (true) {
      String text = ok(send("GET", "/api/v1/runs?limit=500&job=" + name + after, null));
      Page<RunView> page = Json.MAPPER.readValue(text, new TypeReference<Page<RunView>>() {});
      all.addAll(page.items());
      if (page.next() == null) {
        return all;
      }
      after = "&after=" + URLEncoder.encode(page.next(), StandardCharsets.UTF_8);
    }
  }

  String output(String runId, String stream) {
    return output(runId, stream, 0);
  }

  /** A piece of what a run wrote, from an offset on. */
  String output(String runId, String stream, long from) {
    return ok(send("GET", "/api/v1/runs/" + runId + "/output/" + stream + "?from=" + from, null));
  }

  String get(String path) {
    return ok(send("GET", path, null));
  }

  void post(String path) {
    ok(send("POST", path, ""));
  }

  HttpResponse<String> send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(console.resolve(path)).header("Authorization", "Bearer " + token);
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return exchange(request.build());
  }

  /** Any request, for those that are not REST. */
  static HttpResponse<String> exchange(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String ok(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(
          response.request() + " -> " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }
}
