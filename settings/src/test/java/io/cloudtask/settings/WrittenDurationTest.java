package io.cloudtask.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDurationTest {
  @ParameterizedTest
  @CsvSource({
    "8s, 8000",
    "30m, 1800000",
    "1h30m, 5400000",
    "300s, 300000",
    "500ms, 500",
    "1m500ms, 60500",
    "8S, 8000",
  })
  void durations_are_read(String text, long millis) {
    assertThat(WrittenDuration.parse(text).orElseThrow().value()).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "8", "-8s", "1.5h", "8s ", "30s1m", "9999999999h", "100000h"})
  void nonsense_is_no_duration(String text) {
    assertThat(WrittenDuration.parse(text)).isEmpty();
  }
}
