package io.cloudtask.center.http;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A listener with a few routes, and ways to call them. */
final class TestDoor implements AutoCloseable {
  record Thing(String name, int count, Thing inner) {}

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final Listener listener;

  TestDoor() {
    Map<String, Principal> people =
        Map.of(
            "admin", Principal.everywhere("admin", Principal.Kind.TOKEN, Set.of(Role.ADMIN)),
            "viewer", Principal.everywhere("viewer", Principal.Kind.TOKEN, Set.of(Role.VIEWER)));
    Authenticator authenticator =
        new Authenticator("cluster", token -> Optional.ofNullable(people.get(token)));
    listener = Listener.start("test", "127.0.0.1", 0, routes(), authenticator);
  }

  @Override
  public void close() {
    listener.close();
  }

  static Routes routes() {
    return Routes.builder()
        .add(Routes.get("/api/v1/open").allow(Role.readers()).loopback().handle(TestDoor::hello))
        .add(Routes.get("/api/v1/closed").allow(Role.ADMIN).handle(TestDoor::hello))
        .add(Routes.get("/api/v1/fault").allow(Role.ADMIN).handle(TestDoor::fault))
        .add(Routes.get("/api/v1/n").allow(Role.ADMIN).handle(TestDoor::number))
        .add(Routes.get("/api/v1/things/{ref}").allow(Role.ADMIN).handle(TestDoor::echoRef))
        .add(Routes.get("/api/v1/runs/{runid}").allow(Role.ADMIN).handle(TestDoor::hello))
        .add(
            Routes.post("/api/v1/things")
                .allow(Role.ADMIN)
                .bodyLimit(10_000_000)
                .handle(call -> Reply.json(201, call.json(Thing.class))))
        .add(
            Routes.post("/cloudtask/v2/things")
                .allow(Role.CLUSTER)
                .handle(call -> Reply.envelope(call.json(Thing.class))))
        .build();
  }

  private static Reply hello(Call call) {
    return Reply.ok(Map.of("who", call.principal().name()));
  }

  private static Reply number(Call call) {
    return Reply.ok(Map.of("n", call.query().number("n", 1, 10, 5)));
  }

  private static Reply echoRef(Call call) {
    return Reply.ok(Map.of("ref", call.path("ref")));
  }

  private static Reply fault(Call call) throws IOException {
    throw new IOException("secret of " + call.principal());
  }

  /** Without a token. */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path));
  }

  HttpRequest.Builder as(String token, String path) {
    return to(path).header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String body) throws Exception {
    return send(as("admin", "/api/v1/things").POST(BodyPublishers.ofString(body)));
  }

  /** Sends text as it is, and reads until the other end closes the connection. */
  String rawUntilTheEnd(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends text as it is, and reads what comes first. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[4096];
      int read = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends text as it is, says that no more follows, and reads until the other side closes. */
  String conversation(String request) throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answers);
    } catch (SocketException e) {
      // the other side had enough of it; what it said before counts
    }
    return answers.toString(StandardCharsets.ISO_8859_1);
  }

  int port() {
    return listener.port();
  }
}
