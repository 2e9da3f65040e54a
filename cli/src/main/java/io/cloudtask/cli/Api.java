package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;

/** Requests to one center. Every way to fail is a {@link Failure} that names the address. */
final class Api implements AutoCloseable {
  /** Longer than the longest long poll (20 s) of the API. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final Target target;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Api(Target target) {
    this.target = target;
  }

  /** A part of a path, with everything escaped that could end it. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  <T> T get(String path, Class<T> type) throws Failure {
    return read(send(request(path).GET()), Json.MAPPER.constructType(type));
  }

  <T> List<T> list(String path, Class<T> type) throws Failure {
    JavaType list = Json.MAPPER.getTypeFactory().constructCollectionType(List.class, type);
    return read(send(request(path).GET()), list);
  }

  /** Reads part after part of a list, until its end or {@code limit} items. */
  <T> List<T> pages(String path, TypeReference<Page<T>> type, int limit) throws Failure {
    List<T> all = new ArrayList<>();
    String after = null;
    do {
      String separator = path.indexOf('?') < 0 ? "?" : "&";
      String part = after == null ? path : path + separator + "after=" + segment(after);
      Page<T> page = read(send(request(part).GET()), Json.MAPPER.constructType(type.getType()));
      all.addAll(page.items());
      after = page.items().isEmpty() ? null : page.next();
    } while (after != null && all.size() < limit);
    return all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
  }

  String text(String path) throws Failure {
    return new String(send(request(path).GET()), StandardCharsets.UTF_8);
  }

  /** Sends a text (or nothing), and reads an answer of the type. */
  <T> T post(String path, String contentType, @Nullable String body, Class<T> type) throws Failure {
    return read(send(posting(path, contentType, body)), Json.MAPPER.constructType(type));
  }

  <T> List<T> postForList(String path, String contentType, String body, Class<T> type)
      throws Failure {
    JavaType list = Json.MAPPER.getTypeFactory().constructCollectionType(List.class, type);
    return read(send(posting(path, contentType, body)), list);
  }

  /** Asks for a run; the same request id again asks for the same run. */
  <T> T start(String path, @Nullable String requestId, Class<T> type) throws Failure {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
    if (requestId != null) {
      request.header("Idempotency-Key", requestId);
    }
    return read(send(request), Json.MAPPER.constructType(type));
  }

  /** Asks for something whose answer says no more than that it is accepted. */
  void post(String path) throws Failure {
    send(posting(path, "application/json", null));
  }

  void delete(String path) throws Failure {
    send(request(path).DELETE());
  }

  /** Sends bytes that may be many and take long. */
  void upload(String path, String contentType, BodyPublisher body) throws Failure {
    send(
        request(path).timeout(Duration.ofHours(12)).header("Content-Type", contentType).POST(body));
  }

  /** Opens an answer that may be long; the caller closes its body. */
  HttpResponse<InputStream> open(String path) throws Failure {
    HttpResponse<InputStream> response = exchange(request(path).GET());
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
    return response;
  }

  URI url() {
    return target.url();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.url() + path)).timeout(ANSWER_WITHIN);
    if (target.token() != null) {
      request.header("Authorization", "Bearer " + target.token());
    }
    return request;
  }

  private HttpRequest.Builder posting(String path, String contentType, @Nullable String body) {
    return body == null
        ? request(path).POST(BodyPublishers.noBody())
        : request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
  }

  private byte[] send(HttpRequest.Builder request) throws Failure {
    HttpResponse<InputStream> response = exchange(request);
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
    try (InputStream body = response.body()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private HttpResponse<InputStream> exchange(HttpRequest.Builder request) throws Failure {
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException | java.net.ConnectException e) {
      throw new Failure(
          "nothing listens at "
              + target.url()
              + ": start it with 'cloudtask standalone', or name another with --url or --data",
          e);
    } catch (HttpTimeoutException e) {
      throw new Failure(target.url() + " took the request but did not answer in time", e);
    } catch (IOException e) {
      throw broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private Failure refusal(HttpResponse<InputStream> response) throws Failure {
    try (InputStream body = response.body()) {
      return Refusals.of(response.statusCode(), body.readAllBytes(), target);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Failure broken(IOException e) {
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Failure("the connection to " + target.url() + " broke: " + what, e);
  }

  private <T> T read(byte[] body, JavaType type) throws Failure {
    try {
      return Json.MAPPER.readValue(body, type);
    } catch (JacksonException e) {
      throw new Failure(
          target.url()
              + " answered something else than a Cloudtask center does: "
              + e.getOriginalMessage()
              + ". Is it the console's address, of the same version?",
          e);
    }
  }
}
