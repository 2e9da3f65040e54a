package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DoorTest {
  record Thing(String name, int count, Thing inner) {}

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Listener listener;

  @BeforeAll
  static void open() {
    Map<String, Principal> people =
        Map.of(
            "admin", new Principal("admin", Set.of(Role.ADMIN)),
            "viewer", new Principal("viewer", Set.of(Role.VIEWER)));
    Authenticator authenticator =
        new Authenticator("cluster", token -> Optional.ofNullable(people.get(token)));
    listener = Listener.start("test", "127.0.0.1", 0, routes(), authenticator);
  }

  @AfterAll
  static void close() {
    listener.close();
  }

  private static Routes routes() {
    return Routes.builder()
        .add(Routes.get("/api/v1/open").allow(Role.readers()).loopback().handle(DoorTest::hello))
        .add(Routes.get("/api/v1/closed").allow(Role.ADMIN).handle(DoorTest::hello))
        .add(Routes.get("/api/v1/fault").allow(Role.ADMIN).handle(DoorTest::fault))
        .add(Routes.get("/api/v1/n").allow(Role.ADMIN).handle(DoorTest::number))
        .add(Routes.get("/api/v1/things/{ref}").allow(Role.ADMIN).handle(DoorTest::echoRef))
        .add(Routes.get("/api/v1/runs/{runid}").allow(Role.ADMIN).handle(DoorTest::hello))
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

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path));
  }

  private static HttpRequest.Builder as(String token, String path) {
    return to(path).header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return send(as("admin", "/api/v1/things").POST(BodyPublishers.ofString(body)));
  }

  @Test
  void what_is_not_registered_is_not_found_for_anybody() throws Exception {
    assertThat(send(to("/api/v1/nothing")).statusCode()).isEqualTo(404);
    assertThat(send(as("admin", "/api/v1/nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void another_method_is_405_and_says_which_are_allowed() throws Exception {
    HttpResponse<String> response = send(as("admin", "/api/v1/closed").DELETE());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void no_token_is_401_and_a_wrong_token_is_401_and_a_wrong_role_is_403() throws Exception {
    assertThat(send(to("/api/v1/closed")).statusCode()).isEqualTo(401);
    assertThat(send(as("nobody", "/api/v1/closed")).statusCode()).isEqualTo(401);
    assertThat(send(to("/api/v1/closed").header("Authorization", "Basic YTpi")).statusCode())
        .isEqualTo(401);
    assertThat(send(as("viewer", "/api/v1/closed")).statusCode()).isEqualTo(403);
    assertThat(send(as("cluster", "/api/v1/closed")).statusCode()).isEqualTo(403);
    assertThat(send(as("admin", "/api/v1/closed")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_on_this_machine_needs_no_token_where_the_route_says_so() throws Exception {
    HttpResponse<String> response = send(to("/api/v1/open"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("local");
  }

  @Test
  void a_wrong_token_is_refused_even_where_none_is_needed() throws Exception {
    assertThat(send(as("nobody", "/api/v1/open")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_web_page_is_not_a_local_caller() throws Exception {
    assertThat(send(to("/api/v1/open").header("Origin", "http://evil.example")).statusCode())
        .isEqualTo(401);
    assertThat(send(to("/api/v1/open").header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(401);
    assertThat(send(to("/api/v1/open").header("X-Forwarded-For", "1.2.3.4")).statusCode())
        .isEqualTo(401);
    assertThat(raw("GET /api/v1/open HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void every_answer_forbids_browsers_to_guess_frame_run_or_keep_it() throws Exception {
    for (HttpRequest.Builder request :
        new HttpRequest.Builder[] {to("/x"), to("/api/v1/open"), as("admin", "/api/v1/fault")}) {
      HttpResponse<String> response = send(request);
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
    }
  }

  @Test
  void a_fault_shows_an_id_and_nothing_of_its_cause() throws Exception {
    HttpResponse<String> response = send(as("admin", "/api/v1/fault"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("its log says more under").doesNotContain("secret");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void a_broken_body_names_line_column_and_field() throws Exception {
    assertThat(post("{\n  \"name\": \"a\",\n  \"count\": }").body())
        .contains("\"line\":3")
        .contains("\"column\":12");
    assertThat(post("{\"inner\": {\"count\": \"many\"}}").body())
        .contains("\"path\":\"inner.count\"")
        .contains("\"line\":1")
        .doesNotContain("io.cloudtask");
    assertThat(post("{} trailing").statusCode()).isEqualTo(400);
    assertThat(post("null").statusCode()).isEqualTo(400);
    assertThat(post("").statusCode()).isEqualTo(400);
  }

  @Test
  void nesting_a_thousand_deep_is_400() throws Exception {
    assertThat(post("{\"inner\":".repeat(1000) + "{}" + "}".repeat(1000)).statusCode())
        .isEqualTo(400);
    assertThat(post("[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_longer_than_the_route_allows_is_413_whether_it_says_its_length_or_not()
      throws Exception {
    byte[] large = new byte[11_000_000];
    HttpRequest.Builder known =
        as("admin", "/api/v1/things").POST(BodyPublishers.ofByteArray(large));
    assertThat(send(known).statusCode()).isEqualTo(413);
    HttpRequest.Builder chunked =
        as("admin", "/api/v1/things")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(json(11_000_000))));
    assertThat(send(chunked).statusCode()).isEqualTo(413);
    assertThat(post("{\"name\":\"" + "a".repeat(9_000_000) + "\",\"count\":1}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void a_connection_goes_on_after_a_body_was_read_or_refused() throws Exception {
    assertThat(post("{}").headers().firstValue("Connection").orElse("")).isNotEqualTo("close");
    assertThat(
            send(to("/api/v1/things").POST(BodyPublishers.ofString("{}")))
                .headers()
                .firstValue("Connection")
                .orElse(""))
        .isNotEqualTo("close");
  }

  private static byte[] json(int length) {
    return ("{\"name\":\"" + "a".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_zipped_body_is_unzipped_and_measured_afterwards() throws Exception {
    assertThat(zipped("{\"name\":\"a\",\"count\":1}").body()).contains("request successed.");
    assertThat(zipped("{\"name\":\"" + "a".repeat(2_000_000) + "\"}").statusCode()).isEqualTo(413);
    HttpResponse<String> lie =
        send(
            as("cluster", "/cloudtask/v2/things")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("plain")));
    assertThat(lie.statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> zipped(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return send(
        as("cluster", "/cloudtask/v2/things")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  @Test
  void refusals_of_the_v2_api_come_in_its_envelope() throws Exception {
    HttpResponse<String> response =
        send(as("cluster", "/cloudtask/v2/things").POST(BodyPublishers.ofString("{")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .startsWith("{\"content\":\"request resolve invaild.\",\"error\":{\"code\":\"invalid\"");
    assertThat(send(as("cluster", "/cloudtask/v2/none")).body())
        .contains("request resource not found.");
  }

  @Test
  void ids_and_names_in_paths_are_checked() throws Exception {
    assertThat(send(as("admin", "/api/v1/runs/1234")).statusCode()).isEqualTo(400);
    assertThat(send(as("admin", "/api/v1/things/a%20b%C3%A4")).body()).contains("a bä");
    for (String bad : new String[] {"%2e%2e", "a%2Fb", "a%00b", "a%zz", "%ff", "a".repeat(300)}) {
      assertThat(rawStatus("/api/v1/things/" + bad)).as(bad).isEqualTo(400);
    }
  }

  private static int rawStatus(String path) throws IOException {
    String answer =
        raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin\r\n"
                + "Connection: close\r\n\r\n");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[4096];
      int read = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void numbers_out_of_bounds_are_refused_with_the_bounds() throws Exception {
    assertThat(send(as("admin", "/api/v1/n")).body()).isEqualTo("{\"n\":5}");
    assertThat(send(as("admin", "/api/v1/n?n=11")).body()).contains("from 1 to 10");
    assertThat(send(as("admin", "/api/v1/n?n=x")).statusCode()).isEqualTo(400);
  }

  @Test
  void oversized_headers_are_refused() throws Exception {
    String answer =
        raw(
            "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\nX: "
                + "a".repeat(20_000)
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @Test
  void a_busy_port_is_named() {
    Authenticator nobody = new Authenticator("t", hash -> Optional.empty());
    assertThatThrownBy(
            () -> Listener.start("console", "127.0.0.1", listener.port(), routes(), nobody))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("the console port " + listener.port() + " on 127.0.0.1")
        .hasMessageContaining("choose another port");
  }

  @Test
  void a_port_can_be_opened_again_after_it_was_closed() {
    Authenticator nobody = new Authenticator("t", hash -> Optional.empty());
    Listener first = Listener.start("center", "127.0.0.1", 0, routes(), nobody);
    int port = first.port();
    first.close();
    try (Listener second = Listener.start("center", "127.0.0.1", port, routes(), nobody)) {
      assertThat(second.port()).isEqualTo(port);
    }
  }
}
