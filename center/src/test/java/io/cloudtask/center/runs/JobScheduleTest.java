package io.cloudtask.center.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobScheduleTest {
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

  private static JobSchedule of(String... crons) {
    return JobSchedule.of(Definitions.cron(true, crons), ZoneOffset.UTC);
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * * *, 2026-03-01T12:00:00Z,     2026-03-01T11:59:59Z",
    "* * * * * *, 2026-03-01T12:00:00.5Z,   2026-03-01T12:00:00Z",
    "*/5 * * * *, 2026-03-01T12:00:00Z,     2026-03-01T11:55:00Z",
    "*/5 * * * *, 2026-03-01T12:00:00.001Z, 2026-03-01T12:00:00Z",
    "0 2 * * *,   2026-03-01T12:00:00Z,     2026-03-01T02:00:00Z",
    "0 0 1 1 *,   2026-03-01T12:00:00Z,     2026-01-01T00:00:00Z",
    "0 0 29 2 *,  2026-03-01T12:00:00Z,     2024-02-29T00:00:00Z",
  })
  void the_instant_before_is_found_however_far_it_lies(String cron, Instant at, Instant expected) {
    assertThat(of(cron).previous(at, LONG_AGO)).contains(expected);
  }

  @Test
  void the_search_for_the_instant_before_ends_at_its_bound() {
    Instant at = Instant.parse("2026-03-01T12:00:00Z");
    JobSchedule daily = of("0 2 * * *");
    assertThat(daily.previous(at, at.minus(Duration.ofHours(3)))).isEmpty();
    assertThat(daily.previous(at, at.minus(Duration.ofHours(11))))
        .contains(Instant.parse("2026-03-01T02:00:00Z"));
    assertThat(daily.previous(at, at.plusSeconds(1))).isEmpty();
    assertThat(of().previous(at, LONG_AGO)).isEmpty();
  }

  @Test
  void only_whole_instants_are_due() {
    JobSchedule minutes = of("* * * * *", "30 * * * * *");
    assertThat(minutes.isDue(Instant.parse("2026-03-01T12:00:00Z"))).isTrue();
    assertThat(minutes.isDue(Instant.parse("2026-03-01T12:00:30Z"))).isTrue();
    assertThat(minutes.isDue(Instant.parse("2026-03-01T12:00:30.1Z"))).isFalse();
    assertThat(minutes.isDue(Instant.parse("2026-03-01T12:00:31Z"))).isFalse();
  }

  @Test
  void a_disabled_job_is_never_due_but_its_schedule_still_has_words() {
    JobSchedule off = JobSchedule.of(Definitions.cron(false, "* * * * *"), ZoneOffset.UTC);
    assertThat(off.due().next(LONG_AGO)).isEmpty();
    assertThat(off.words()).hasSize(1);
  }

  @Test
  void the_zone_of_the_host_counts_when_the_job_names_none() {
    JobSchedule tokyo =
        JobSchedule.of(Definitions.cron(true, "0 9 * * *"), ZoneId.of("Asia/Tokyo"));
    assertThat(tokyo.due().next(Instant.parse("2026-03-01T12:00:00Z")))
        .isEqualTo(Optional.of(Instant.parse("2026-03-02T00:00:00Z")));
  }

  @Test
  void what_was_stored_and_can_not_fire_is_a_problem_and_not_a_loop() {
    JobSchedule broken = of("0 0 31 2 *");
    assertThat(broken.problems().getFirst()).startsWith("schedules[0].cron");
    assertThat(broken.due().next(LONG_AGO)).isEmpty();
  }
}
