package io.cloudtask.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final String JOB = "399d4b159c65c9b34d2a3c41";
  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void whoever_computes_the_run_id_of_a_fire_time_gets_the_same_one() {
    assertThat(Ids.scheduledRunId(JOB, T, 1)).isEqualTo(Ids.scheduledRunId(JOB, T, 1));
    assertThat(Ids.isRunId(Ids.scheduledRunId(JOB, T, 1))).isTrue();
  }

  @Test
  void run_ids_differ_by_job_by_fire_time_and_by_attempt() {
    String one = Ids.scheduledRunId(JOB, T, 1);
    assertThat(Ids.scheduledRunId(JOB, T, 2)).isNotEqualTo(one);
    assertThat(Ids.scheduledRunId(JOB, T.plusSeconds(1), 1)).isNotEqualTo(one);
    assertThat(Ids.scheduledRunId("a" + JOB.substring(1), T, 1)).isNotEqualTo(one);
  }

  @Test
  void run_ids_sort_by_their_time() {
    assertThat(Ids.scheduledRunId(JOB, T, 1))
        .isLessThan(Ids.scheduledRunId(JOB, T.plusMillis(1), 1));
  }

  @Test
  void new_job_ids_have_the_form_of_the_wire_and_sort_by_age() {
    String first = Ids.newJobId(T);
    String later = Ids.newJobId(T.plusSeconds(1));
    assertThat(Ids.isJobId(first)).isTrue();
    assertThat(first).isLessThan(later);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../etc",
        "399D4B159C65C9B34D2A3C41",
        "399d4b159c65c9b34d2a3c4",
        "399d4b159c65c9b34d2a3c41\n"
      })
  void what_does_not_look_like_a_job_id_is_none(String text) {
    assertThat(Ids.isJobId(text)).isFalse();
  }
}
