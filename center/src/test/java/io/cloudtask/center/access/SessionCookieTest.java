package io.cloudtask.center.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionCookieTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void the_cookie_is_found_among_others() {
    assertThat(SessionCookie.find("cloudtask-session=abc")).contains("abc");
    assertThat(SessionCookie.find("a=b; cloudtask-session=abc ;c=d")).contains("abc");
    assertThat(SessionCookie.find("xcloudtask-session=abc; cloudtask-sessions=d")).isEmpty();
    assertThat(SessionCookie.find("cloudtask-session=")).isEmpty();
    assertThat(SessionCookie.find("cloudtask-session=" + "x".repeat(129))).isEmpty();
    assertThat(SessionCookie.find("; ;=;")).isEmpty();
    assertThat(SessionCookie.find(null)).isEmpty();
  }

  @Test
  void what_goes_beside_it_is_made_from_it() {
    String csrf = SessionCookie.csrf("abc");
    assertThat(csrf).matches("[0-9a-f]{64}").isEqualTo(SessionCookie.csrf("abc"));
    assertThat(csrf).isNotEqualTo(SessionCookie.csrf("abd"));
    assertThat(SessionCookie.matches(csrf, Optional.of(csrf))).isTrue();
    assertThat(SessionCookie.matches(csrf, Optional.of(csrf.substring(1)))).isFalse();
    assertThat(SessionCookie.matches(csrf, Optional.empty())).isFalse();
  }

  @Test
  void a_session_is_over_when_it_was_idle_or_old() {
    SessionAge age = SessionAge.USUAL;
    assertThat(age.over(NOW, NOW, NOW.plus(Duration.ofHours(12)).minusMillis(1))).isFalse();
    assertThat(age.over(NOW, NOW, NOW.plus(Duration.ofHours(12)))).isTrue();
    Instant week = NOW.plus(Duration.ofDays(7));
    assertThat(age.over(NOW, week.minusSeconds(1), week.minusMillis(1))).isFalse();
    assertThat(age.over(NOW, week.minusSeconds(1), week)).isTrue();
  }
}
