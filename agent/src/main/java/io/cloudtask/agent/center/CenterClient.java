package io.cloudtask.agent.center;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * The calls of one agent to its center. Thread-safe; every call blocks until it is answered or
 * given up.
 */
public final class CenterClient {
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofMinutes(5);
  private static final int WORTH_COMPRESSING = 1024;

  private final HttpClient http;
  private final Supplier<String> centerHost;
  private final String token;
  private final String key;

  /**
   * @param centerHost base URL, asked for each call, because it may follow the coordinator
   * @param token of the cluster
   * @param key of this agent
   */
  public CenterClient(HttpClient http, Supplier<String> centerHost, String token, String key) {
    this.http = http;
    this.centerHost = centerHost;
    this.token = token;
    this.key = key;
  }

  /** Introduces this agent. */
  public Answer<Welcome> hello(Hello hello) throws IOException {
    return read(send(request("/hello", CALL).POST(json(hello)).build()), Welcome.class);
  }

  /**
   * Asks for the job set.
   *
   * @param known the revision that this agent holds, which it acknowledges with the call
   */
  public Answer<JobSet> jobs(long known) throws IOException {
    HttpRequest request =
        request("/jobs", CALL).header("If-None-Match", "\"" + known + "\"").GET().build();
    return read(send(request), JobSet.class);
  }

  /** Sends facts. */
  public Answer<ReportAck> report(ReportBatch batch) throws IOException {
    byte[] body = Json.MAPPER.writeValueAsBytes(batch);
    HttpRequest.Builder request =
        request("/reports", CALL).header("Content-Type", "application/json");
    if (body.length >= WORTH_COMPRESSING) {
      body = gzip(body);
      request.header("Content-Encoding", "gzip");
    }
    return read(send(request.POST(BodyPublishers.ofByteArray(body)).build()), ReportAck.class);
  }

  /** Where the bytes of an upload come from; opened anew for each attempt. */
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Sends what a run wrote to one stream, replacing what was sent before.
   *
   * @param output sizes and cut; its data is not looked at
   * @param length how many bytes {@code source} gives
   */
  public Answer<Void> upload(RunOutput output, long length, Source source) throws IOException {
    String path =
        "/runs/%s/output/%s?size=%d&cutfrom=%d&cutto=%d"
            .formatted(
                output.runid(), output.stream(), output.size(), output.cutfrom(), output.cutto());
    HttpRequest.Builder request =
        request(path, UPLOAD).header("Content-Type", "application/octet-stream");
    try (InputStream data = source.open()) {
      BodyPublisher body =
          BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> data), length);
      return read(send(request.PUT(body).build()), Void.class);
    }
  }

  private HttpRequest.Builder request(String path, Duration timeout) throws IOException {
    String base = centerHost.get().replaceAll("/+$", "");
    if (base.isEmpty()) {
      throw new IOException("no center is known yet, the coordinator has to tell its address");
    }
    try {
      return HttpRequest.newBuilder(URI.create(base + "/cloudtask/v2/agents/" + key + path))
          .timeout(timeout)
          .header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new IOException("centerhost \"" + base + "\" is not an http URL", e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it waited for the center", e);
    } catch (IOException e) {
      // The client's own messages say neither whom it asked nor, mostly, anything at all.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("no answer from the center at " + request.uri() + ": " + why, e);
    }
  }

  private static <T> Answer<T> read(HttpResponse<byte[]> response, Class<T> type)
      throws IOException {
    int status = response.statusCode();
    try {
      return switch (status) {
        case 200 -> new Answer.Done<>(Json.MAPPER.readValue(response.body(), type));
        case 204, 304 -> new Answer.Unchanged<>();
        case 400, 401, 403, 404, 405, 409, 413, 415 -> refused(status, response.body());
        default -> throw new IOException("the center answered " + status + " to " + response.uri());
      };
    } catch (JacksonException e) {
      throw new IOException("the answer of the center to " + response.uri() + " can't be read", e);
    }
  }

  private static <T> Answer<T> refused(int status, byte[] body) {
    try {
      Envelope envelope = Json.MAPPER.readValue(body, Envelope.class);
      if (envelope != null && envelope.error() != null) {
        return new Answer.Refused<>(status, envelope.error().code(), envelope.error().message());
      }
    } catch (JacksonException e) {
      // Not the envelope, so perhaps not a center: the status has to do.
    }
    return new Answer.Refused<>(status, "", "it answered " + status);
  }

  private static BodyPublisher json(Object value) {
    return BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(value));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
