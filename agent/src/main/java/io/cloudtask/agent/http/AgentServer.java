package io.cloudtask.agent.http;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.Listen;
import io.cloudtask.agent.config.SystemConfig;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agent's API on its port. Thread-safe. */
public final class AgentServer implements AutoCloseable {
  /** Bytes of a request body that are read. */
  static final int MAX_BODY = 64 * 1024;

  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName REAL_IP = HeaderNames.create("X-Real-IP");

  private final WebServer server;

  private AgentServer(WebServer server) {
    this.server = server;
  }

  /**
   * Listens, and answers from then on.
   *
   * @param config where, and who may come in
   * @param key of the agent
   * @param token of the cluster; null when there is none
   * @param shown the configuration that {@code _ping} shows
   * @throws IOException when an address can't be listened on
   */
  public static AgentServer start(
      AgentConfig config,
      String key,
      @Nullable String token,
      Supplier<SystemConfig> shown,
      AgentOperations agent)
      throws IOException {
    Dispatch dispatch =
        new Dispatch(
            routes(key, shown, agent),
            new Door(config.auth(), token),
            new Cors(config.system().api().enablecors()));
    WebServerConfig.Builder builder = WebServer.builder().shutdownHook(false);
    List<Listen> listens = config.listens();
    listenOn(builder, listens.getFirst(), dispatch);
    for (int i = 1; i < listens.size(); i++) {
      Listen listen = listens.get(i);
      builder.putSocket("api-" + i, socket -> listenOn(socket, listen, dispatch));
    }
    return new AgentServer(started(builder.build(), listens));
  }

  /** The port of the first address. */
  public int port() {
    return server.port();
  }

  /** Stops listening; requests that are being answered get 2 s. */
  @Override
  public void close() {
    server.stop();
  }

  static List<Route> routes(String key, Supplier<SystemConfig> shown, AgentOperations agent)
      throws IOException {
    String app = Program.digest(AgentServer.class);
    Route ping =
        Route.of(
            "GET",
            "_ping",
            Access.LOCAL_OR_CLUSTER,
            call -> {
              Ping.Cache cache = new Ping.Cache(agent.revision(), agent.jobs().size());
              return Reply.json(200, new Ping(app, key, agent.node(), shown.get(), cache));
            });
    return Stream.of(List.of(ping), new JobRoutes(agent).routes(), new OutputRoutes(agent).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static WebServer started(WebServer server, List<Listen> listens) throws IOException {
    try {
      return server.start();
    } catch (UncheckedIOException | IllegalStateException e) {
      server.stop();
      throw new IOException(
          "can't listen on %s: %s; free the port or change api.hosts"
              .formatted(listens, e.getMessage()),
          e);
    }
  }

  private static void listenOn(
      ListenerConfig.BuilderBase<?, ?> builder, Listen listen, Dispatch dispatch) {
    builder
        .host(listen.bindHost())
        .port(listen.port())
        .shutdownGracePeriod(Duration.ofSeconds(2))
        .connectionConfig(connection -> connection.readTimeout(Duration.ofSeconds(30)))
        .maxTcpConnections(1024)
        .maxConcurrentRequests(256)
        .routing((HttpRouting.Builder routing) -> routing.any((q, s) -> answer(dispatch, q, s)));
  }

  private static void answer(Dispatch dispatch, ServerRequest request, ServerResponse response) {
    Reply reply =
        dispatch.answer(
            new Dispatch.Request(
                request.prologue().method().text(),
                new RequestPath(request.path().rawPath()),
                request.query().rawValue(),
                firstValues(request),
                caller(request)),
            () -> body(request));
    response.status(reply.status());
    reply.headers().forEach(response::header);
    response.send(reply.body());
  }

  private static Caller caller(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    boolean loopback =
        request.remotePeer().address() instanceof InetSocketAddress peer
            && peer.getAddress() != null
            && peer.getAddress().isLoopbackAddress();
    boolean forwarded =
        Stream.of(FORWARDED_FOR, REAL_IP, HeaderNames.FORWARDED, HeaderNames.VIA)
            .anyMatch(headers::contains);
    return new Caller(
        loopback,
        headers.first(HeaderNames.HOST).orElse(""),
        headers.first(HeaderNames.ORIGIN).orElse(null),
        forwarded,
        headers.first(HeaderNames.AUTHORIZATION).orElse(null));
  }

  private static Map<String, String> firstValues(ServerRequest request) {
    Map<String, String> values = new HashMap<>();
    for (String name : request.query().names()) {
      values.put(name, request.query().first(name).orElse(""));
    }
    return values;
  }

  private static Optional<byte[]> body(ServerRequest request) {
    OptionalLong length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() > MAX_BODY) {
      return Optional.empty();
    }
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      return body.length > MAX_BODY ? Optional.empty() : Optional.of(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
