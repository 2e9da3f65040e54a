package io.cloudtask.center.http;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** A port that serves routes until it is closed. Each request has a virtual thread. Thread-safe. */
public final class Listener implements AutoCloseable {
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_REQUEST_LINE = 8 * 1024;
  private static final long DRAIN = 32L * 1024 * 1024;
  private static final int MAX_CONNECTIONS = 4096;
  private static final String CLOSE = "close";

  private final WebServer server;

  private Listener(WebServer server) {
    this.server = server;
  }

  /**
   * Opens a port.
   *
   * @param name what the port is, for messages: "console" or "center"
   * @param listens at least one; a port 0 is any free one
   * @param tls what it speaks
   * @param entrance whom it lets in
   * @throws ListenException when an address can't be had; nothing is left open then
   */
  public static Listener start(
      String name, List<Listen> listens, Tls tls, Routes routes, Entrance entrance) {
    listens.forEach(listen -> requireFree(name, listen));
    WebServer server = server(listens, new Door(routes, entrance), tls);
    server.start();
    if (!server.isRunning()) {
      throw new ListenException(
          "cannot open the " + name + " port: the lines before this one say why", null);
    }
    return new Listener(server);
  }

  /** Opens one on one address, for local callers as for those with a token. */
  public static Listener start(
      String name, String host, int port, Routes routes, Authenticator authenticator) {
    return start(
        name, List.of(new Listen(host, port)), Tls.NONE, routes, Entrance.local(authenticator));
  }

  /** The port of the first address, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** Takes no new request and gives those that run two seconds to end. */
  @Override
  public void close() {
    server.stop();
  }

  private static WebServer server(List<Listen> listens, Door door, Tls tls) {
    WebServerConfig.Builder builder = WebServer.builder().shutdownHook(false);
    configure(builder, listens.getFirst(), door, tls);
    for (int i = 1; i < listens.size(); i++) {
      Listen listen = listens.get(i);
      builder.putSocket("more-" + i, socket -> configure(socket, listen, door, tls));
    }
    return builder.build();
  }

  private static void configure(
      ListenerConfig.BuilderBase<?, ?> builder, Listen listen, Door door, Tls tls) {
    tls.server().ifPresent(context -> builder.tls(secured -> secured.sslContext(context)));
    builder
        .host(listen.bindHost())
        .port(listen.port())
        .shutdownGracePeriod(Duration.ofSeconds(2))
        .idleConnectionTimeout(Duration.ofMinutes(2))
        .maxTcpConnections(MAX_CONNECTIONS)
        .connectionOptions(options -> options.readTimeout(Duration.ofSeconds(60)))
        .contentEncoding(encoding ->
            encoding.contentEncodingsDiscoverServices(false).addContentEncoding(new GzipAsIs()))
        .directHandlers(
            DirectHandlers.builder()
                .addHandler(DirectHandler.EventType.INTERNAL_ERROR, new Unreadable())
                .build())
        .protocolsDiscoverServices(false)
        .addProtocol(http1())
        .routing((HttpRouting.Builder routing) ->
            routing.any((request, response) -> serve(door, request, response)));
  }

  private static void serve(Door door, ServerRequest request, ServerResponse response) {
    InputStream body =
        request.content().hasEntity()
            ? new ClientInput(request.content().inputStream())
            : InputStream.nullInputStream();
    Reply reply = door.answer(request, body);
    boolean last = !drained(body) || asksToClose(request);
    if (last) {
      response.header(HeaderNames.CONNECTION, CLOSE);
    }
    Sender.send(reply, request, response);
    if (last) {
      // This version of the server announces the end of the connection and then keeps it open; what
      // is left of a body would be taken for the next request.
      throw new CloseConnectionException("the last answer is sent");
    }
  }

  private static boolean asksToClose(ServerRequest request) {
    return request.headers().contains(HeaderNames.CONNECTION)
        && request.headers().get(HeaderNames.CONNECTION).allValues(true).stream()
            .anyMatch(CLOSE::equalsIgnoreCase);
  }

  /**
   * Reads what a refused request still sends: a client that is writing its body would lose the
   * answer with the connection. Whoever sends more than {@link #DRAIN} loses it.
   */
  private static boolean drained(InputStream body) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (long left = DRAIN; left > 0; ) {
        int read = body.read(buffer);
        if (read < 0) {
          return true;
        }
        left -= read;
      }
    } catch (IOException e) {
      return false; // broken off by the client, who then waits for no answer
    }
    return false;
  }

  private static Http1Config http1() {
    return Http1Config.builder()
        .maxHeadersSize(MAX_HEADERS)
        .maxPrologueLength(MAX_REQUEST_LINE)
        .build();
  }

  /**
   * The server below does not throw when its port is busy, it logs. Trying the port first gives a
   * person the reason.
   */
  private static void requireFree(String name, Listen listen) {
    try {
      listen.probe();
    } catch (IOException e) {
      throw new ListenException(
          "cannot open the %s port %d on %s: %s. Stop the program that uses it, or choose another"
                  .formatted(name, listen.port(), listen.bindHost(), e.getMessage())
              + " port (0 takes any free one)",
          e);
    }
  }
}
