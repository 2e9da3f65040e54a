package io.cloudtask.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way from one process to every HTTP server: the proxy of its virtual machine. While it is cut
 * neither requests nor answers arrive; afterwards the requests that waited do, late, and their
 * answers find nobody.
 */
final class HttpWire implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "proxy-connection",
          "transfer-encoding",
          "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Passage passage = new Passage();
  private final HttpServer server;

  HttpWire() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::carry);
    server.start();
  }

  /** Options that lead a virtual machine this way. */
  List<String> options() {
    return List.of(
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=" + server.getAddress().getPort(),
        "-Dhttp.nonProxyHosts="); // nothing else leads loopback addresses there
  }

  void cut() {
    passage.cut();
  }

  void mend() {
    passage.mend();
  }

  private void carry(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      passage.pass();
      HttpResponse<byte[]> answer =
          client.send(request(exchange, body), BodyHandlers.ofByteArray());
      passage.pass();
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (isCarried(name)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      boolean empty = answer.body().length == 0;
      exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
      if (!empty) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(exchange.getRequestURI())
            .timeout(Duration.ofSeconds(60))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (isCarried(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request.build();
  }

  private static boolean isCarried(String header) {
    return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    passage.mend();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
