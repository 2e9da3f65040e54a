package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLimitsTest {
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void a_broken_body_names_line_column_and_field() throws Exception {
    assertThat(door.post("{\n  \"name\": \"a\",\n  \"count\": }").body())
        .contains("\"line\":3")
        .contains("\"column\":12");
    assertThat(door.post("{\"inner\": {\"count\": \"many\"}}").body())
        .contains("\"path\":\"inner.count\"")
        .contains("\"line\":1")
        .doesNotContain("io.cloudtask");
    assertThat(door.post("{} trailing").statusCode()).isEqualTo(400);
    assertThat(door.post("null").statusCode()).isEqualTo(400);
    assertThat(door.post("").statusCode()).isEqualTo(400);
  }

  @Test
  void nesting_a_thousand_deep_is_400() throws Exception {
    assertThat(door.post("{\"inner\":".repeat(1000) + "{}" + "}".repeat(1000)).statusCode())
        .isEqualTo(400);
    assertThat(door.post("[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_longer_than_the_route_allows_is_413_whether_it_says_its_length_or_not()
      throws Exception {
    byte[] large = new byte[11_000_000];
    HttpRequest.Builder known =
        door.as("admin", "/api/v1/things").POST(BodyPublishers.ofByteArray(large));
    assertThat(door.send(known).statusCode()).isEqualTo(413);
    HttpRequest.Builder chunked =
        door.as("admin", "/api/v1/things")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(json(11_000_000))));
    assertThat(door.send(chunked).statusCode()).isEqualTo(413);
    assertThat(door.post("{\"name\":\"" + "a".repeat(9_000_000) + "\",\"count\":1}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void a_connection_goes_on_after_a_body_was_read_or_refused() throws Exception {
    assertThat(door.post("{}").headers().firstValue("Connection").orElse("")).isNotEqualTo("close");
    assertThat(
            door.send(door.to("/api/v1/things").POST(BodyPublishers.ofString("{}")))
                .headers()
                .firstValue("Connection")
                .orElse(""))
        .isNotEqualTo("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "TE, close"})
  void a_connection_is_closed_when_its_client_asks_for_it(String connection) throws Exception {
    String answer =
        door.rawUntilTheEnd(
            "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\nConnection: "
                + connection
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("Connection: close");
    assertThat(answer).endsWith("{\"who\":\"local\"}");
  }

  private byte[] json(int length) {
    return ("{\"name\":\"" + "a".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> zipped(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return door.send(
        door.as("cluster", "/cloudtask/v2/things")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  private int rawStatus(String path) throws IOException {
    String answer =
        door.raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin\r\n"
                + "Connection: close\r\n\r\n");
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void numbers_out_of_bounds_are_refused_with_the_bounds() throws Exception {
    assertThat(door.send(door.as("admin", "/api/v1/n")).body()).isEqualTo("{\"n\":5}");
    assertThat(door.send(door.as("admin", "/api/v1/n?n=11")).body()).contains("from 1 to 10");
    assertThat(door.send(door.as("admin", "/api/v1/n?n=x")).statusCode()).isEqualTo(400);
  }

  @Test
  void oversized_headers_are_refused() throws Exception {
    String answer =
        door.raw(
            "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\nX: "
                + "a".repeat(20_000)
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/open HTTP/1.1\r\nHost: localh",
        "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\nA B: c\r\n\r\n",
        "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\n\u00e4: c\r\n\r\n",
        "GET ?a=b HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin\r\n\r\n",
        "POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin\r\n"
            + "Content-Length: 9\r\n\r\n{",
        "POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nmany\r\n{}\r\n0\r\n\r\n",
      })
  void what_is_cut_off_or_no_http_is_the_senders_fault(String request) throws Exception {
    assertThat(door.conversation(request)).startsWith("HTTP/1.1 400");
  }

  @Test
  void nothing_follows_the_answer_to_who_asked_to_close() throws Exception {
    String open = "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\n";
    String answers = door.conversation(open + "Connection: close\r\n\r\n" + open + "\r\n");
    assertThat(answers).startsWith("HTTP/1.1 200").containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void what_is_left_of_a_body_is_never_taken_for_a_request() throws Exception {
    String hidden = "GET /api/v1/open HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String head =
        "POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000000\r\n\r\n";
    String answers = door.conversation(head + hidden.repeat(40_000_000 / hidden.length()));
    assertThat(answers).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void a_zipped_body_is_unzipped_and_measured_afterwards() throws Exception {
    assertThat(zipped("{\"name\":\"a\",\"count\":1}").body()).contains("request successed.");
    assertThat(zipped("{\"name\":\"" + "a".repeat(2_000_000) + "\"}").statusCode()).isEqualTo(413);
    HttpResponse<String> lie =
        door.send(
            door.as("cluster", "/cloudtask/v2/things")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("plain")));
    assertThat(lie.statusCode()).isEqualTo(400);
  }

  @Test
  void ids_and_names_in_paths_are_checked() throws Exception {
    assertThat(door.send(door.as("admin", "/api/v1/runs/1234")).statusCode()).isEqualTo(400);
    assertThat(door.send(door.as("admin", "/api/v1/things/a%20b%C3%A4")).body()).contains("a bä");
    for (String bad : new String[] {"%2e%2e", "a%2Fb", "a%00b", "a%zz", "%ff", "a".repeat(300)}) {
      assertThat(rawStatus("/api/v1/things/" + bad)).as(bad).isEqualTo(400);
    }
  }
}
