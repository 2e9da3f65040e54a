package io.cloudtask.center.exchange;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Envelope;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.AgentRow;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls agents. Every call blocks for {@link #PATIENCE} at the most, and that an agent can't be
 * reached is an answer. Thread-safe.
 */
public final class AgentClient implements AutoCloseable {
  /** How long an agent may take to answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int MAX_ANSWER = 64 * 1024;

  /** What an agent said to a request. */
  public sealed interface Told {
    /** It will do it. */
    record Accepted() implements Told {}

    /**
     * It starts nothing, since a run of the job is not over.
     *
     * @param runid that run
     */
    record Going(String runid) implements Told {}

    /**
     * It will not.
     *
     * @param status of HTTP, 400 to 599
     * @param message its reason, for people
     */
    record Refused(int status, String message) implements Told {}

    /** It did not answer; nobody knows whether it heard. */
    record Unreachable(String reason) implements Told {}
  }

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final String authorization;

  /**
   * @param clusterToken what the agents know the center by
   * @param tls whose certificates are trusted
   */
  public AgentClient(String clusterToken, Tls tls) {
    this.authorization = "Bearer " + clusterToken;
    HttpClient.Builder calls =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor);
    tls.client().ifPresent(calls::sslContext);
    this.http = calls.build();
  }

  /**
   * Starts a run by hand.
   *
   * @param runid the run to be; the same one again starts nothing twice
   */
  public Told start(AgentRow agent, String jobid, String runid) {
    return act(agent, new ActionRequest(agent.runtime(), jobid, "start", runid));
  }

  /**
   * Stops runs of a job.
   *
   * @param runid which; null: all of them
   */
  public Told stop(AgentRow agent, String jobid, @Nullable String runid) {
    return act(agent, new ActionRequest(agent.runtime(), jobid, "stop", runid));
  }

  private Told act(AgentRow agent, ActionRequest action) {
    return tell(
        agent,
        "/cloudtask/v2/jobs/action",
        request ->
            request
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(action))));
  }

  /** Has an agent look at once whether its job set is newer. */
  public Told nudge(AgentRow agent) {
    return tell(agent, "/cloudtask/v2/jobsalloc", r -> r.POST(BodyPublishers.noBody()));
  }

  /**
   * Reads what a run has written so far.
   *
   * @param stream stdout or stderr
   * @param from offset in what the run wrote
   * @param max bytes, at least 1
   */
  public LiveOutput output(AgentRow agent, String runid, String stream, long from, int max) {
    String path =
        "/cloudtask/v2/runs/" + runid + "/output/" + stream + "?from=" + from + "&max=" + max;
    try {
      HttpResponse<byte[]> response = send(request(agent, path).GET().build(), max);
      return switch (response.statusCode()) {
        case 200, 206 -> LiveOutput.of(response, from);
        case 404 -> new LiveOutput.UnknownRun();
        default -> new LiveOutput.Unreachable(agent(agent) + " answered " + response.statusCode());
      };
    } catch (IOException e) {
      return new LiveOutput.Unreachable(unreachable(agent, e));
    }
  }

  private interface Shape {
    HttpRequest.Builder apply(HttpRequest.Builder request);
  }

  private Told tell(AgentRow agent, String path, Shape shape) {
    try {
      HttpResponse<byte[]> response = send(shape.apply(request(agent, path)).build(), MAX_ANSWER);
      int status = response.statusCode();
      return status >= 200 && status < 300
          ? accepted(response)
          : new Told.Refused(status, reason(response));
    } catch (IOException e) {
      return new Told.Unreachable(unreachable(agent, e));
    }
  }

  /** Most acceptances say nothing more, and those of other versions may say anything. */
  private static Told accepted(HttpResponse<byte[]> response) {
    try {
      JsonNode runid = Json.MAPPER.readTree(response.body()).path("data").path("runid");
      if (runid.isString() && Ids.isRunId(runid.stringValue())) {
        return new Told.Going(runid.stringValue());
      }
    } catch (JacksonException e) {
      // Not JSON: the status has to do.
    }
    return new Told.Accepted();
  }

  private HttpResponse<byte[]> send(HttpRequest request, int max) throws IOException {
    try {
      return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), max));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it waited for the agent", e);
    }
  }

  private HttpRequest.Builder request(AgentRow agent, String path) throws IOException {
    return HttpRequest.newBuilder(address(agent.node().apiaddr(), path))
        .timeout(PATIENCE)
        .header("Authorization", authorization);
  }

  /** An agent's address as it registered it, as long as it is one and nothing else. */
  private static URI address(String apiaddr, String path) throws IOException {
    try {
      URI base = new URI(apiaddr);
      boolean plain =
          ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
              && base.getHost() != null
              && base.getUserInfo() == null
              && base.getRawQuery() == null
              && base.getRawFragment() == null
              && (base.getRawPath().isEmpty() || base.getRawPath().equals("/"));
      if (plain) {
        return new URI(base.getScheme() + "://" + base.getRawAuthority() + path);
      }
    } catch (URISyntaxException e) {
      throw new IOException("it registered with no usable address: " + apiaddr, e);
    }
    throw new IOException("it registered with no usable address: " + apiaddr);
  }

  private static String reason(HttpResponse<byte[]> response) {
    try {
      Envelope envelope = Json.MAPPER.readValue(response.body(), Envelope.class);
      if (envelope != null && envelope.error() != null) {
        return envelope.error().message();
      }
      if (envelope != null) {
        return envelope.content();
      }
    } catch (JacksonException e) {
      // Not the envelope: the status has to do.
    }
    return "it answered " + response.statusCode();
  }

  private static String unreachable(AgentRow agent, IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return agent(agent) + " can't be reached: " + why;
  }

  private static String agent(AgentRow agent) {
    return "agent " + agent.node().hostname() + " (" + agent.node().apiaddr() + ')';
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
    executor.close();
  }
}
