package io.cloudtask.agent.center;

import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * The calls of one agent to its centers: each goes to the center that answered last, and on to the
 * others when that does not answer; every call may reach a center twice. Thread-safe; a call blocks
 * until it is answered or given up.
 */
public final class CenterClient implements Center {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration REPORT = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofMinutes(5);

  /** A lease or a claim that takes longer is of little use, and another center may be faster. */
  private static final Duration URGENT = Duration.ofSeconds(3);

  private static final int WORTH_COMPRESSING = 1024;
  private static final int SERVER_FAULT = 500;

  private final HttpClient http;
  private final Centers centers;
  private final String token;
  private final String key;

  /** A request as far as it does not depend on the center. */
  private interface Request {
    HttpRequest.Builder to(HttpRequest.Builder center) throws IOException;
  }

  /**
   * @param token of the cluster
   * @param key of this agent
   */
  public CenterClient(HttpClient http, Centers centers, String token, String key) {
    this.http = http;
    this.centers = centers;
    this.token = token;
    this.key = key;
  }

  @Override
  public Answer<Welcome> hello(Hello hello) throws IOException {
    return read(send("/hello", CALL, center -> center.POST(json(hello))), Welcome.class);
  }

  @Override
  public Answer<LeaseAnswer> lease(LeaseRequest lease) throws IOException {
    return read(send("/lease", URGENT, center -> center.POST(json(lease))), LeaseAnswer.class);
  }

  @Override
  public Answer<ClaimAnswer> claims(ClaimRequest claims) throws IOException {
    return read(send("/claims", URGENT, center -> center.POST(json(claims))), ClaimAnswer.class);
  }

  @Override
  public Answer<JobSet> jobs(long known) throws IOException {
    String etag = "\"" + known + "\"";
    return read(
        send("/jobs", CALL, center -> center.header("If-None-Match", etag).GET()), JobSet.class);
  }

  @Override
  public Answer<ReportAck> report(ReportBatch batch) throws IOException {
    byte[] plain = Json.MAPPER.writeValueAsBytes(batch);
    boolean packs = plain.length >= WORTH_COMPRESSING;
    byte[] body = packs ? gzip(plain) : plain;
    Request request =
        center -> {
          center.header("Content-Type", "application/json");
          if (packs) {
            center.header("Content-Encoding", "gzip");
          }
          return center.POST(BodyPublishers.ofByteArray(body));
        };
    return read(send("/reports", REPORT, request), ReportAck.class);
  }

  @Override
  public Answer<Void> upload(RunOutput output, long length, Source source) throws IOException {
    String path =
        "/runs/%s/output/%s?size=%d&cutfrom=%d&cutto=%d"
            .formatted(
                output.runid(), output.stream(), output.size(), output.cutfrom(), output.cutto());
    List<InputStream> opened = new ArrayList<>();
    Request request =
        center -> {
          InputStream data = source.open();
          opened.add(data);
          return center
              .header("Content-Type", "application/octet-stream")
              .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> data), length));
        };
    try {
      return read(send(path, UPLOAD, request), Void.class);
    } finally {
      for (InputStream data : opened) {
        data.close();
      }
    }
  }

  private HttpResponse<byte[]> send(String path, Duration timeout, Request request)
      throws IOException {
    IOException failure =
        new IOException(
            "no center is known yet: the coordinator has to tell of one, or set centerhost");
    for (String base : centers.inOrder()) {
      HttpRequest made = request.to(builder(base, path)).timeout(timeout).build();
      try {
        HttpResponse<byte[]> response = sendTo(made);
        centers.worked(base);
        return response;
      } catch (IOException e) {
        failure = e;
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
        centers.failed(base);
      }
    }
    throw failure;
  }

  private HttpRequest.Builder builder(String base, String path) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create(base + "/cloudtask/v2/agents/" + key + path))
          .header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      centers.failed(base);
      throw new IOException("centerhost \"" + base + "\" is not an http URL", e);
    }
  }

  private HttpResponse<byte[]> sendTo(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= SERVER_FAULT) {
        throw new IOException("it answered " + response.statusCode());
      }
      return response;
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
