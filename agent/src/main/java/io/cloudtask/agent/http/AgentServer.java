package io.cloudtask.agent.http;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Program;
import io.cloudtask.settings.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agent's API on its port. Thread-safe. */
public final class AgentServer implements AutoCloseable {

  private final WebServer server;

  private AgentServer(WebServer server) {
    this.server = server;
  }

  /**
   * Listens, and answers from then on.
   *
   * @param config where, and who may come in
   * @param tls what the port speaks
   * @param key of the agent
   * @param token of the cluster; null when there is none
   * @param shown the configuration that {@code _ping} shows
   * @throws IOException when an address can't be listened on
   */
  public static AgentServer start(
      AgentConfig config,
      Tls tls,
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
    listenOn(builder, listens.getFirst(), tls, dispatch);
    for (int i = 1; i < listens.size(); i++) {
      Listen listen = listens.get(i);
      builder.putSocket("api-" + i, socket -> listenOn(socket, listen, tls, dispatch));
    }
    return new AgentServer(started(builder.build(), config.system().api().hosts()));
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
              Ping.Cache cache = new Ping.Cache(agent.revision(), agent.jobCount());
              return Reply.json(200, new Ping(app, key, agent.node(), shown.get(), cache));
            });
    return Stream.of(List.of(ping), new JobRoutes(agent).routes(), new OutputRoutes(agent).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static WebServer started(WebServer server, List<String> shown) throws IOException {
    // A listener that fails is logged by the server, which then stops but throws nothing.
    server.start();
    if (!server.isRunning()) {
      throw new IOException(
          "can't listen on %s: it is in use, or not an address of this host; change api.hosts"
              .formatted(shown));
    }
    return server;
  }

  private static void listenOn(
      ListenerConfig.BuilderBase<?, ?> builder, Listen listen, Tls tls, Dispatch dispatch) {
    tls.server().ifPresent(context -> builder.tls(secured -> secured.sslContext(context)));
    builder
        .host(listen.bindHost())
        .port(listen.port())
        .shutdownGracePeriod(Duration.ofSeconds(2))
        .connectionOptions(options -> options.readTimeout(Duration.ofSeconds(30)))
        .maxTcpConnections(1024)
        .maxConcurrentRequests(256)
        .directHandlers(
            DirectHandlers.builder()
                .addHandler(DirectHandler.EventType.INTERNAL_ERROR, new Unreadable())
                .build())
        .routing((HttpRouting.Builder routing) -> routing.any(new Exchange(dispatch)));
  }
}
