package io.cloudtask.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudtask.model.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that answers what a test says, and runs commands against itself. */
final class PretendedCenter implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  /** What a test says for one request. */
  record Answer(int status, byte[] body, Map<String, String> headers) {
    static Answer json(int status, Object value) {
      return new Answer(status, Json.MAPPER.writeValueAsBytes(value), Map.of());
    }

    static Answer bytes(String text, Map<String, String> headers) {
      return new Answer(200, text.getBytes(StandardCharsets.UTF_8), headers);
    }
  }

  record Request(String line, Map<String, String> headers, String body) {}

  /** What a command left behind. */
  record Outcome(int code, String out, String err) {}

  private final HttpServer server;
  private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Path directory;

  PretendedCenter(Path directory) throws IOException {
    this.directory = directory;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a request line ("GET /path?query"); given twice, the second time it is asked. */
  PretendedCenter on(String line, Answer... said) {
    answers.computeIfAbsent(line, l -> new ArrayList<>()).addAll(Arrays.asList(said));
    return this;
  }

  Outcome run(String... arguments) {
    return run(Map.of("CLOUDTASK_URL", url(), "CLOUDTASK_TOKEN", "secret"), "", 0, arguments);
  }

  Outcome run(Map<String, String> environment, String in, int columns, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Cli.run(
            List.of(arguments),
            new Surroundings(
                environment,
                directory,
                Clock.fixed(NOW, ZONE),
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                columns > 0,
                columns > 0,
                columns));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange.getRequestHeaders().forEach((k, v) -> headers.put(k, v.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(new Request(line, headers, body));
      List<Answer> prepared = answers.getOrDefault(line, List.of());
      Answer said =
          prepared.isEmpty()
              ? Answer.json(404, Map.of("title", "no answer prepared for " + line, "status", 404))
              : prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
      said.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          said.status(), said.body().length == 0 ? -1 : said.body().length);
      exchange.getResponseBody().write(said.body());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
