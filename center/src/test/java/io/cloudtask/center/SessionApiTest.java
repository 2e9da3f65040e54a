package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.MeView;
import io.cloudtask.model.rest.SessionView;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.SessionRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a password, and what a session is good for. */
final class SessionApiTest {
  private static final String ME = "/api/v1/me";
  private static final String SESSIONS = ME + "/sessions";
  private static final String NEW_RUNTIME = "/api/v1/runtimes/mars";
  private static final GrantRow VIEWER = new GrantRow("viewer", "");

  @TempDir Path dir;
  private RunningCenter center;

  @BeforeEach
  void start() {
    center = new RunningCenter(dir);
    Browser.user(center, "ann", GrantRow.ADMIN);
    Browser.user(center, "bob", VIEWER);
  }

  @AfterEach
  void close() {
    center.close();
  }

  private List<AuditRow> audit(String object) {
    return center.store.<List<AuditRow>>read(tx -> tx.audit().about(object, 50));
  }

  @Test
  void a_name_and_a_password_open_a_session_that_says_who_one_is() throws Exception {
    Browser browser = new Browser(center);
    RunningCenter.Answer answer =
        browser.signIn(" Ann ", Browser.PASSWORD, "User-Agent", "Firefox on a train");

    assertThat(answer.header("Set-Cookie"))
        .matches("cloudtask-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    MeView me = browser.get(ME).as(MeView.class);
    assertThat(me).isEqualTo(answer.as(MeView.class));
    assertThat(me.name()).isEqualTo("ann");
    assertThat(me.kind()).isEqualTo("user");
    assertThat(me.grants()).hasSize(1);
    assertThat(browser.get("/api/v1/jobs").status()).isEqualTo(200);

    List<SessionView> sessions = List.of(browser.get(SESSIONS).as(SessionView[].class));
    assertThat(sessions)
        .singleElement()
        .satisfies(session -> {
          assertThat(session.current()).isTrue();
          assertThat(session.agent()).isEqualTo("Firefox on a train");
          assertThat(session.address()).isEqualTo("127.0.0.1");
        });
    assertThat(audit("ann")).extracting(AuditRow::what).contains("session.open");
    assertThat(audit("ann").getFirst().origin()).isEqualTo("127.0.0.1");
  }

  @Test
  void a_page_that_came_by_tls_gets_a_cookie_that_goes_by_tls_only() throws Exception {
    Browser browser = new Browser(center);
    String origin = "https://127.0.0.1:" + center.center.consolePort();
    assertThat(browser.signIn("ann", Browser.PASSWORD, "Origin", origin).header("Set-Cookie"))
        .endsWith("; Secure");
  }

  @Test
  void what_is_wrong_is_not_said_more_closely() throws Exception {
    center.store.execute(tx -> {
      AccountRow bob = tx.accounts().find("bob").orElseThrow();
      tx.accounts().create(renamed(bob, "carl"), "");
      tx.accounts().change(disabled(bob));
    });
    Set<String> answers = new TreeSet<>();
    for (String name : List.of("ann", "bob", "carl", "nobody", "Robert'); DROP TABLE account;--")) {
      RunningCenter.Answer answer = new Browser(center).signIn(name, "not the password");
      answers.add(answer.status() + answer.text());
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
    assertThat(new Browser(center).signIn("bob", Browser.PASSWORD).status()).isEqualTo(401);
    assertThat(answers).singleElement().asString().startsWith("401");
    assertThat(audit("ann")).extracting(AuditRow::what).containsExactly("session.refused");
    assertThat(audit("nobody")).isEmpty();
  }

  private static AccountRow renamed(AccountRow row, String name) {
    return new AccountRow(name, "", "", row.grants(), true, false, row.createat(), row.seenat());
  }

  private static AccountRow disabled(AccountRow row) {
    return new AccountRow(
        row.name(), "", "", row.grants(), false, false, row.createat(), row.seenat());
  }

  @Test
  void a_thousand_wrong_passwords_are_looked_at_ten_times() throws Exception {
    int looked = 0;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      RunningCenter.Answer answer = new Browser(center).signIn("ann", "guess number " + i);
      if (answer.status() == 401) {
        looked++;
      } else if (answer.status() == 429) {
        refused++;
        assertThat(answer.header("Retry-After")).isEqualTo("300");
      }
    }
    assertThat(looked).isEqualTo(10);
    assertThat(refused).isEqualTo(990);
    assertThat(new Browser(center).signIn("ann", Browser.PASSWORD).status())
        .as("even the right one is not looked at")
        .isEqualTo(429);

    center.clock.advance(Duration.ofMinutes(5));
    assertThat(new Browser(center).signIn("ann", Browser.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void an_address_has_thirty_tries_whatever_the_names() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(new Browser(center).signIn("user" + i, "whatever it is").status()).isEqualTo(401);
    }
    assertThat(new Browser(center).signIn("ann", Browser.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void who_knows_the_password_may_sign_in_as_often_as_he_likes() throws Exception {
    for (int i = 0; i < 12; i++) {
      Browser.of(center, "ann");
    }
  }

  @Test
  void signing_in_again_takes_another_cookie_and_ends_the_former_session() throws Exception {
    Browser browser = Browser.of(center, "ann");
    Browser former = new Browser(center);
    former.cookie = browser.cookie;
    browser.signIn("bob", Browser.PASSWORD);

    assertThat(browser.cookie).isNotEqualTo(former.cookie);
    assertThat(former.get(ME).status()).isEqualTo(401);
    assertThat(browser.get(ME).as(MeView.class).name()).isEqualTo("bob");
  }

  @Test
  void a_cookie_that_somebody_else_chose_opens_nothing_after_signing_in_either() throws Exception {
    Browser browser = new Browser(center);
    browser.cookie = "cloudtask-session=chosen-by-somebody-else";
    browser.signIn("ann", Browser.PASSWORD);
    Browser other = new Browser(center);
    other.cookie = "cloudtask-session=chosen-by-somebody-else";
    assertThat(other.get(ME).status()).isEqualTo(401);
  }

  @Test
  void a_session_ends_by_signing_out() throws Exception {
    Browser browser = Browser.of(center, "ann");
    RunningCenter.Answer answer = browser.send("DELETE", "/api/v1/session", "");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(browser.get(ME).status()).isEqualTo(401);
  }

  @Test
  void one_can_end_ones_other_sessions_and_nobody_elses() throws Exception {
    Browser here = Browser.of(center, "ann");
    Browser there = Browser.of(center, "ann");
    Browser bob = Browser.of(center, "bob");
    String id =
        List.of(here.get(SESSIONS).as(SessionView[].class)).stream()
            .filter(session -> !session.current())
            .findAny()
            .orElseThrow()
            .id();

    assertThat(bob.send("DELETE", SESSIONS + "/" + id, "").status()).isEqualTo(404);
    assertThat(there.get(ME).status()).isEqualTo(200);
    assertThat(here.send("DELETE", SESSIONS + "/" + id, "").status()).isEqualTo(204);
    assertThat(there.get(ME).status()).isEqualTo(401);
    assertThat(here.get(ME).status()).isEqualTo(200);
  }

  @Test
  void a_session_without_requests_ends_after_half_a_day() throws Exception {
    Browser browser = Browser.of(center, "ann");
    center.clock.advance(Duration.ofHours(11).plusMinutes(59));
    assertThat(browser.get(ME).status()).isEqualTo(200);
    center.clock.advance(Duration.ofHours(11).plusMinutes(59));
    assertThat(browser.get(ME).status()).as("the request before counts").isEqualTo(200);
    center.clock.advance(Duration.ofHours(12));
    assertThat(browser.get(ME).status()).isEqualTo(401);
    assertThat(browser.get(ME).text()).contains("session has ended");
  }

  @Test
  void a_session_ends_after_a_week_however_busy() throws Exception {
    Browser browser = Browser.of(center, "ann");
    for (int i = 0; i < 27; i++) {
      center.clock.advance(Duration.ofHours(6));
      assertThat(browser.get(ME).status()).isEqualTo(200);
    }
    center.clock.advance(Duration.ofHours(6));
    assertThat(browser.get(ME).status()).isEqualTo(401);
  }

  @Test
  void a_session_alone_reads_and_changes_nothing() throws Exception {
    Browser browser = Browser.of(center, "ann");
    String csrf = browser.csrf;
    browser.csrf = null;
    RunningCenter.Answer missing = browser.send("PUT", NEW_RUNTIME, "{}");
    assertThat(missing.status()).isEqualTo(403);
    assertThat(missing.text()).contains("X-CSRF-Token");
    browser.csrf = "0".repeat(64);
    assertThat(browser.send("PUT", NEW_RUNTIME, "{}").status()).isEqualTo(403);
    browser.csrf = Browser.of(center, "ann").csrf;
    assertThat(browser.send("PUT", NEW_RUNTIME, "{}").status())
        .as("that of another session")
        .isEqualTo(403);
    assertThat(browser.get(NEW_RUNTIME).status()).isEqualTo(404);

    browser.csrf = csrf;
    assertThat(browser.send("PUT", NEW_RUNTIME, "{}").status()).isEqualTo(201);
  }

  @Test
  void a_page_from_elsewhere_can_not_use_a_session() throws Exception {
    Browser browser = Browser.of(center, "ann");
    String[] evil = {"Origin", "http://evil.example"};
    assertThat(browser.get(ME, evil).status()).isEqualTo(403);
    assertThat(browser.get(ME, "Origin", "null").status()).isEqualTo(403);
    assertThat(browser.get(ME, "Sec-Fetch-Site", "same-site").status()).isEqualTo(403);
    assertThat(browser.send("PUT", NEW_RUNTIME, "{}", evil).status()).isEqualTo(403);
    assertThat(new Browser(center).signIn("ann", Browser.PASSWORD, evil).status()).isEqualTo(403);

    String own = "http://127.0.0.1:" + center.center.consolePort();
    assertThat(browser.get(ME, "Origin", own, "Sec-Fetch-Site", "same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void a_name_that_is_pointed_at_this_machine_opens_no_session() throws Exception {
    Browser browser = Browser.of(center, "ann");
    assertThat(statusOf("GET " + ME, "evil.example", browser.cookie)).isEqualTo(421);
    assertThat(statusOf("GET " + ME, "evil.example:80", browser.cookie)).isEqualTo(421);
    assertThat(statusOf("POST /api/v1/session", "evil.example", "")).isEqualTo(421);
    assertThat(statusOf("GET " + ME, "localhost:8091", browser.cookie)).isEqualTo(200);
    assertThat(statusOf("GET " + ME, "127.0.0.1", browser.cookie)).isEqualTo(200);
  }

  /** With a Host that no client of Java sends. */
  private int statusOf(String request, String host, String cookie) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), center.center.consolePort())) {
      String text =
          "%s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nConnection: close\r\n\r\n"
              .formatted(request, host, cookie);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void a_session_counts_at_the_console_and_not_where_agents_ask() throws Exception {
    Browser browser = Browser.of(center, "ann");
    RunningCenter.Answer answer =
        center.send(
            HttpRequest.newBuilder(URI.create(center.centerUrl("/jobs")))
                .header("Cookie", browser.cookie));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void a_role_counts_as_it_is_now() throws Exception {
    Browser bob = Browser.of(center, "bob");
    assertThat(bob.send("PUT", NEW_RUNTIME, "{}").status()).isEqualTo(403);
    AccountRow row = center.store.<AccountRow>read(tx -> tx.accounts().find("bob").orElseThrow());
    center.store.execute(tx -> {
      tx.accounts()
          .change(
              new AccountRow(
                  "bob", "", "", Set.of(GrantRow.ADMIN), true, false, row.createat(), null));
    });
    assertThat(bob.send("PUT", NEW_RUNTIME, "{}").status()).isEqualTo(201);
    center.store.execute(tx -> tx.accounts().change(disabled(row)));
    assertThat(bob.get(ME).status()).isEqualTo(401);
  }

  @Test
  void the_own_password_is_changed_by_who_knows_it_and_other_sessions_end() throws Exception {
    Browser here = Browser.of(center, "bob");
    Browser there = Browser.of(center, "bob");
    String next = "nine red balloons";
    assertThat(change(here, "not the password", next).status()).isEqualTo(400);
    assertThat(change(here, "not the password", next).text()).contains("\"old\"");
    assertThat(change(here, Browser.PASSWORD, "short").text()).contains("\"new\"");
    assertThat(change(here, Browser.PASSWORD, "aaaaaaaaaaaaaaaa").status()).isEqualTo(400);
    assertThat(change(here, Browser.PASSWORD, Browser.PASSWORD).status()).isEqualTo(400);
    assertThat(there.get(ME).status()).isEqualTo(200);

    assertThat(change(here, Browser.PASSWORD, next).status()).isEqualTo(204);
    assertThat(here.get(ME).status()).isEqualTo(200);
    assertThat(there.get(ME).status()).isEqualTo(401);
    assertThat(new Browser(center).signIn("bob", Browser.PASSWORD).status()).isEqualTo(401);
    assertThat(new Browser(center).signIn("bob", next).status()).isEqualTo(200);
    assertThat(audit("bob")).extracting(AuditRow::what).contains("password.change");
  }

  @Test
  void a_stolen_session_can_not_find_the_password_by_changing_it() throws Exception {
    Browser browser = Browser.of(center, "bob");
    for (int i = 0; i < 10; i++) {
      assertThat(change(browser, "guess number " + i, "nine red balloons").status()).isEqualTo(400);
    }
    assertThat(change(browser, Browser.PASSWORD, "nine red balloons").status()).isEqualTo(429);
  }

  private static RunningCenter.Answer change(Browser browser, String old, String next)
      throws Exception {
    return browser.send(
        "PUT", ME + "/password", "{\"old\": \"%s\", \"new\": \"%s\"}".formatted(old, next));
  }

  @Test
  void a_token_has_no_sessions_and_no_password() throws Exception {
    MeView me = center.get(ME).as(MeView.class);
    assertThat(me.kind()).isEqualTo("token");
    assertThat(me.csrf()).isNull();
    assertThat(center.get(SESSIONS).status()).isEqualTo(409);
    assertThat(center.put(ME + "/password", "{\"old\": \"a\", \"new\": \"b\"}").status())
        .isEqualTo(409);
  }

  @Test
  void of_a_cookie_only_the_hash_is_kept() throws Exception {
    Browser browser = Browser.of(center, "ann");
    String value = browser.cookie.replaceFirst(".*=", "");
    List<SessionRow> rows = center.store.<List<SessionRow>>read(tx -> tx.sessions().list("ann"));
    assertThat(rows.toString()).doesNotContain(value);
    assertThat(browser.get(SESSIONS).text()).doesNotContain(value);
  }
}
