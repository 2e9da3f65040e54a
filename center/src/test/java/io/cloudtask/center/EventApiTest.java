package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.NewToken;
import io.cloudtask.store.GrantRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of events: they last for as long as whoever opened them could open another one. */
final class EventApiTest {
  private static final GrantRow VIEWER = new GrantRow("viewer", "");

  /** A heartbeat, and what a busy machine needs. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path dir;
  private RunningCenter center;

  @BeforeEach
  void start() {
    center = new RunningCenter(dir);
  }

  @AfterEach
  void close() {
    center.close();
    client.close();
  }

  /** Somebody who listens, in a thread of their own. */
  private final class Ear {
    private final StringBuffer heard = new StringBuffer();
    private final Thread thread;

    Ear(String header, String value) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(center.consoleUrl("/api/v1/events")))
              .header(header, value)
              .build();
      thread = Thread.startVirtualThread(() -> listen(request));
      await().until(() -> heard.indexOf("welcome") >= 0);
    }

    private void listen(HttpRequest request) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  client.send(request, BodyHandlers.ofInputStream()).body(),
                  StandardCharsets.UTF_8))) {
        lines.lines().forEach(heard::append);
      } catch (IOException | UncheckedIOException | InterruptedException e) {
        heard.append(e);
      }
    }

    boolean ended() {
      return !thread.isAlive();
    }

    /** Waits until it is told once more that the stream is there. */
    void hearsOn() {
      int before = heard.length();
      await().atMost(SOON).until(() -> heard.indexOf("still here", before) >= 0);
    }
  }

  private Ear atBrowser(Browser browser) {
    return new Ear("Cookie", browser.cookie);
  }

  private Ear byToken(String value) {
    return new Ear("Authorization", "Bearer " + value);
  }

  private Browser somebody(String name) throws Exception {
    Browser.user(center, name, VIEWER);
    return Browser.of(center, name);
  }

  private NewToken token(String name, Instant expires) throws Exception {
    return center
        .post(
            "/api/v1/tokens",
            "{\"name\": \"%s\", \"grants\": [{\"role\": \"viewer\"}], \"expiresat\": \"%s\"}"
                .formatted(name, expires))
        .as(NewToken.class);
  }

  @Test
  void a_stream_ends_soon_after_its_session_or_token_and_with_the_rights_of_its_user()
      throws Exception {
    Browser signedOut = somebody("ann");
    Browser disabled = somebody("bob");
    Browser deprived = somebody("carl");
    Browser overridden = somebody("dora");
    Instant late = RunningCenter.NOW.plus(Duration.ofDays(1));
    NewToken revoked = token("revoked", late);
    NewToken lasting = token("lasting", late);
    Ear[] ending = {
      atBrowser(signedOut),
      atBrowser(disabled),
      atBrowser(deprived),
      atBrowser(overridden),
      byToken(revoked.value())
    };
    Ear staying = byToken(lasting.value());
    staying.hearsOn();
    assertThat(ending).noneMatch(Ear::ended);

    signedOut.send("DELETE", "/api/v1/session", "");
    center.put("/api/v1/users/bob", "{\"enabled\": false}");
    center.put("/api/v1/users/carl", "{\"grants\": []}");
    center.put("/api/v1/users/dora", "{\"password\": \"nine red balloons\"}");
    center.delete("/api/v1/tokens/" + revoked.token().id());
    await().atMost(SOON).untilAsserted(() -> assertThat(ending).allMatch(Ear::ended));
    staying.hearsOn();
  }

  @Test
  void a_stream_ends_when_its_session_or_token_expires_and_is_no_use_of_them() throws Exception {
    Ear idle = atBrowser(somebody("ann"));
    Ear brief = byToken(token("brief", RunningCenter.NOW.plusSeconds(3600)).value());
    center.clock.advance(Duration.ofMinutes(59));
    idle.hearsOn();
    brief.hearsOn();
    assertThat(seen("ann")).isEqualTo(RunningCenter.NOW);

    center.clock.advance(Duration.ofHours(11).plusMinutes(1));
    await().atMost(SOON).until(() -> idle.ended() && brief.ended());
  }

  private Instant seen(String name) {
    return center.store.<Instant>read(tx -> tx.sessions().list(name).getFirst().seenat());
  }
}
