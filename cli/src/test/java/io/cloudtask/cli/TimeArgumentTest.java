package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeArgumentTest {
  private static final Clock BERLIN =
      Clock.fixed(Instant.parse("2026-07-01T22:30:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T02:30:00Z, 2026-11-24T02:30:00Z",
    "2026-11-24t02:30:00+05:30, 2026-11-23T21:00:00Z",
    "2026-11-24 02:30, 2026-11-24T01:30:00Z",
    "2026-11-24 02:30:07, 2026-11-24T01:30:07Z",
    "2026-11-24T02:30, 2026-11-24T01:30:00Z",
    // today, where it is the next day already
    "02:30, 2026-07-02T00:30:00Z",
    "02:30:07.5, 2026-07-02T00:30:07.5Z",
    // skipped: the first instant after the gap
    "2026-03-29 02:30, 2026-03-29T01:00:00Z",
    // twice: the first pass
    "2026-10-25 02:30, 2026-10-25T00:30:00Z",
  })
  void times_are_understood(String text, Instant expected) {
    assertThat(TimeArgument.parse(text, BERLIN)).isEqualTo(expected);
  }

  @Test
  void other_text_is_refused_with_what_is_allowed() {
    for (String text : new String[] {"", "2:30", "24:30", "2026-02-30 10:00", "2026-11-24"}) {
      assertThatThrownBy(() -> TimeArgument.parse(text, BERLIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Europe/Berlin");
    }
  }
}
