package io.cloudtask.center.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Cause;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.store.GapRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WhyTest {
  private static final Instant MADE = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
  private static final JobDefinition HOURLY = Definitions.cron(true, "0 * * * *");

  private static WhyFacts facts(
      JobDefinition ruling, @Nullable RunView run, @Nullable GapRow gap, @Nullable Instant cursor) {
    return new WhyFacts(
        Definitions.row(ruling, MADE, "key"),
        AT,
        run,
        gap,
        null,
        new WhyFacts.Ruling(2, ruling, MADE, ZoneOffset.UTC),
        cursor,
        "host-a",
        true);
  }

  private static RunView run(RunState state, @Nullable Instant started) {
    return new RunView(
        "0".repeat(32),
        Definitions.JOB,
        "a",
        1,
        state,
        Trigger.SCHEDULE,
        1,
        AT,
        started,
        null,
        started == null ? null : 4L,
        null,
        null,
        null,
        "",
        "host-a",
        "key",
        List.of());
  }

  @Test
  void a_run_is_an_answer_whatever_the_schedule_says_now() {
    WhyView why =
        Why.explain(facts(Definitions.cron(false), run(RunState.RUNNING, AT), null, null), NOW);
    assertThat(why.verdict()).isEqualTo(Verdict.RAN);
    assertThat(why.cause()).isEqualTo(Cause.RUN);
    assertThat(why.version()).isEqualTo(1);
    assertThat(why.explanation()).contains("host-a").contains("4 ms after its time");
  }

  @Test
  void a_run_that_left_the_queue_without_a_start_counts_as_skipped() {
    WhyView why = Why.explain(facts(HOURLY, run(RunState.CANCELLED, null), null, null), NOW);
    assertThat(why.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(why.cause()).isEqualTo(Cause.CANCELLED);
    assertThat(why.runid()).isNotNull();
  }

  @Test
  void a_run_that_waits_has_not_started() {
    assertThat(
            Why.explain(facts(HOURLY, run(RunState.QUEUED, null), null, null), NOW).explanation())
        .contains("has not started");
  }

  @ParameterizedTest
  @EnumSource
  void a_gap_says_its_reason_in_words(GapReason reason) {
    GapRow gap = new GapRow(Definitions.JOB, 2, AT, AT.plus(Duration.ofHours(1)), 2, reason);
    WhyView why = Why.explain(facts(HOURLY, null, gap, null), NOW);
    assertThat(why.verdict().name()).isEqualTo(reason.answer().name());
    assertThat(why.explanation()).contains(reason.words()).contains("all 2 due instants");
    assertThat(why.cause()).isEqualTo(Cause.GAP);
    assertThat(why.gap()).isEqualTo(new WhyView.Gap(AT, AT.plus(Duration.ofHours(1)), 2));
  }

  @Test
  void an_instant_inside_a_gap_that_was_not_due_is_not_due() {
    WhyFacts facts =
        facts(
            Definitions.cron(true, "30 * * * *"),
            null,
            new GapRow(
                Definitions.JOB,
                2,
                AT.minusSeconds(1800),
                AT.plusSeconds(1800),
                2,
                GapReason.AGENT_DOWN),
            null);
    WhyView why = Why.explain(facts, NOW);
    assertThat(why.verdict()).isEqualTo(Verdict.NOT_DUE);
    assertThat(why.cause()).isEqualTo(Cause.NOT_DUE);
    assertThat(why.previous()).isEqualTo(AT.minusSeconds(1800));
    assertThat(why.following()).isEqualTo(AT.plusSeconds(1800));
  }

  @Test
  void a_disabled_job_says_so() {
    WhyView why = Why.explain(facts(HOURLY.withEnabled(false), null, null, null), NOW);
    assertThat(why.cause()).isEqualTo(Cause.DISABLED);
    assertThat(why.explanation()).contains("was disabled, so nothing was due");
  }

  @Test
  void what_is_due_and_to_come_is_future() {
    WhyView why = Why.explain(facts(HOURLY, null, null, null), AT.minusSeconds(1));
    assertThat(why.verdict()).isEqualTo(Verdict.FUTURE);
    assertThat(why.cause()).isEqualTo(Cause.TO_COME);
  }

  @Test
  void what_was_answered_once_and_is_kept_no_longer_is_said_to_be_so() {
    WhyView why = Why.explain(facts(HOURLY, null, null, NOW), NOW);
    assertThat(why.cause()).isEqualTo(Cause.NOT_KEPT);
    assertThat(why.explanation()).contains("no longer kept");
  }

  @Test
  void what_nobody_has_reported_is_unknown_and_says_who_should() {
    WhyFacts facts = facts(HOURLY, null, null, AT.minusSeconds(1));
    WhyView why = Why.explain(facts, NOW);
    assertThat(why.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(why.cause()).isEqualTo(Cause.NOT_REPORTED);
    assertThat(why.agent()).isEqualTo("host-a");
    assertThat(why.explanation()).contains("agent host-a has not reported");
  }
}
