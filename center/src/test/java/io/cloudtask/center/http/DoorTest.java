package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.center.access.Authenticator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DoorTest {
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void what_is_not_registered_is_not_found_for_anybody() throws Exception {
    assertThat(door.send(door.to("/api/v1/nothing")).statusCode()).isEqualTo(404);
    assertThat(door.send(door.as("admin", "/api/v1/nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void another_method_is_405_and_says_which_are_allowed() throws Exception {
    HttpResponse<String> response = door.send(door.as("admin", "/api/v1/closed").DELETE());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void no_token_is_401_and_a_wrong_token_is_401_and_a_wrong_role_is_403() throws Exception {
    assertThat(door.send(door.to("/api/v1/closed")).statusCode()).isEqualTo(401);
    assertThat(door.send(door.as("nobody", "/api/v1/closed")).statusCode()).isEqualTo(401);
    assertThat(
            door.send(door.to("/api/v1/closed").header("Authorization", "Basic YTpi")).statusCode())
        .isEqualTo(401);
    assertThat(door.send(door.as("viewer", "/api/v1/closed")).statusCode()).isEqualTo(403);
    assertThat(door.send(door.as("cluster", "/api/v1/closed")).statusCode()).isEqualTo(403);
    assertThat(door.send(door.as("admin", "/api/v1/closed")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_on_this_machine_needs_no_token_where_the_route_says_so() throws Exception {
    HttpResponse<String> response = door.send(door.to("/api/v1/open"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("local");
  }

  @Test
  void a_wrong_token_is_refused_even_where_none_is_needed() throws Exception {
    assertThat(door.send(door.as("nobody", "/api/v1/open")).statusCode()).isEqualTo(401);
  }

  @Test
  void a_web_page_is_not_a_local_caller() throws Exception {
    assertThat(
            door.send(door.to("/api/v1/open").header("Origin", "http://evil.example")).statusCode())
        .isEqualTo(401);
    assertThat(
            door.send(door.to("/api/v1/open").header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(401);
    assertThat(door.send(door.to("/api/v1/open").header("X-Forwarded-For", "1.2.3.4")).statusCode())
        .isEqualTo(401);
    assertThat(door.raw("GET /api/v1/open HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void every_answer_forbids_browsers_to_guess_frame_run_or_keep_it() throws Exception {
    for (HttpRequest.Builder request :
        new HttpRequest.Builder[] {
          door.to("/x"), door.to("/api/v1/open"), door.as("admin", "/api/v1/fault")
        }) {
      HttpResponse<String> response = door.send(request);
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
    }
  }

  @Test
  void a_fault_shows_an_id_and_nothing_of_its_cause() throws Exception {
    HttpResponse<String> response = door.send(door.as("admin", "/api/v1/fault"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("its log says more under").doesNotContain("secret");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void refusals_of_the_v2_api_come_in_its_envelope() throws Exception {
    HttpResponse<String> response =
        door.send(door.as("cluster", "/cloudtask/v2/things").POST(BodyPublishers.ofString("{")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .startsWith("{\"content\":\"request resolve invaild.\",\"error\":{\"code\":\"invalid\"");
    assertThat(door.send(door.as("cluster", "/cloudtask/v2/none")).body())
        .contains("request resource not found.");
  }

  @Test
  void a_busy_port_is_named() {
    Authenticator nobody = new Authenticator("t", hash -> Optional.empty());
    assertThatThrownBy(
            () -> Listener.start("console", "127.0.0.1", door.port(), TestDoor.routes(), nobody))
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("the console port " + door.port() + " on 127.0.0.1")
        .hasMessageContaining("choose another port");
  }

  @Test
  void a_port_can_be_opened_again_after_it_was_closed() {
    Authenticator nobody = new Authenticator("t", hash -> Optional.empty());
    Listener first = Listener.start("center", "127.0.0.1", 0, TestDoor.routes(), nobody);
    int port = first.port();
    first.close();
    try (Listener second = Listener.start("center", "127.0.0.1", port, TestDoor.routes(), nobody)) {
      assertThat(second.port()).isEqualTo(port);
    }
  }
}
