package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class NotificationsContract extends StoreContract {
  private static RuleRow rule(String id, boolean enabled, EventKind... kinds) {
    return new RuleRow(
        id,
        "on call",
        new RuleRow.About("local", "", ""),
        Set.of(kinds),
        new RuleRow.Way(RuleRow.Channel.MAIL, List.of("ann@example.org"), "", ""),
        enabled,
        false,
        "ann",
        NOW);
  }

  private void everythingIsWanted() {
    notifications().save(rule("r1", true, EventKind.values()));
  }

  private List<EventRow> events() {
    return notifications().events(100).stream().map(Notifications.Queued::event).toList();
  }

  private List<EventKind> kinds() {
    return events().stream().map(EventRow::kind).toList();
  }

  private void run(long second, RunState state) {
    report(
        Facts.granted(at(second)), Facts.started(at(second)), Facts.ended(at(second), state, ""));
  }

  @Test
  void a_rule_is_kept_as_it_was_saved_last() {
    RuleRow first = rule("r1", true, EventKind.FAILED, EventKind.AGENT_LOST);
    notifications().save(first);
    assertThat(notifications().rule("r1")).contains(first);
    RuleRow second = rule("r1", false, EventKind.MISSED);
    notifications().save(second);
    assertThat(notifications().rules()).containsExactly(second);
    assertThat(notifications().remove("r1")).isTrue();
    assertThat(notifications().remove("r1")).isFalse();
    assertThat(notifications().rules()).isEmpty();
  }

  @Test
  void how_a_run_ended_is_an_event_with_its_reason() {
    aJobThatAnAgentHolds();
    everythingIsWanted();
    report(
        Facts.granted(at(1)),
        Facts.started(at(1)),
        Facts.ended(at(1), RunState.FAILED, "exit code 3"));
    assertThat(events())
        .containsExactly(
            new EventRow(
                EventKind.FAILED,
                at(1).plusMillis(502),
                JOB,
                Facts.runid(at(1)),
                AGENT,
                "exit code 3"));
  }

  @Test
  void the_first_good_run_after_a_bad_one_is_a_recovery() {
    aJobThatAnAgentHolds();
    notifications().save(rule("r1", true, EventKind.RECOVERED));
    run(1, RunState.SUCCEEDED);
    run(2, RunState.FAILED);
    run(3, RunState.STOPPED);
    run(4, RunState.SUCCEEDED);
    run(5, RunState.SUCCEEDED);
    assertThat(events()).extracting(EventRow::runid).containsExactly(Facts.runid(at(4)));
  }

  @Test
  void what_no_enabled_rule_wants_is_not_kept() {
    aJobThatAnAgentHolds();
    run(1, RunState.FAILED);
    notifications().save(rule("r1", false, EventKind.FAILED));
    run(2, RunState.FAILED);
    notifications().save(rule("r2", true, EventKind.SUCCEEDED));
    run(3, RunState.FAILED);
    run(4, RunState.STOPPED);
    assertThat(events()).isEmpty();
  }

  @Test
  void what_is_reported_twice_happened_once() {
    aJobThatAnAgentHolds();
    everythingIsWanted();
    run(1, RunState.FAILED);
    run(1, RunState.FAILED);
    assertThat(kinds()).containsExactly(EventKind.FAILED);
  }

  @Test
  void missed_instants_are_an_event_and_skipped_ones_are_not() {
    aJobThatAnAgentHolds();
    everythingIsWanted();
    report(Facts.gap(at(1), at(3), 3, GapReason.AGENT_DOWN, NOW));
    report(Facts.gap(at(4), at(4), 1, GapReason.OVERLAP, at(3)));
    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.kind()).isEqualTo(EventKind.MISSED);
          assertThat(event.detail()).contains("3 times", GapReason.AGENT_DOWN.words());
        });
  }

  @Test
  void what_nobody_held_is_missed_too() {
    create(JOB, "hello");
    everythingIsWanted();
    ledger().record(Facts.gap(at(1), at(2), 2, GapReason.NO_AGENT, NOW));
    assertThat(kinds()).containsExactly(EventKind.MISSED);
  }

  @Test
  void that_nobody_can_take_a_job_is_told_when_it_begins() {
    create(JOB, "hello");
    everythingIsWanted();
    jobs().unplaced(Map.of(JOB, "no agent of the runtime is there"));
    jobs().unplaced(Map.of(JOB, "no agent of the runtime has room"));
    jobs().unplaced(Map.of(JOB, ""));
    assertThat(events())
        .extracting(EventRow::detail)
        .containsExactly("no agent of the runtime is there");
    jobs().unplaced(Map.of(JOB, "no agent of the runtime is there"));
    assertThat(kinds()).containsExactly(EventKind.UNPLACED, EventKind.UNPLACED);
  }

  @Test
  void events_go_when_notices_were_made_of_them() {
    everythingIsWanted();
    EventRow lost = new EventRow(EventKind.AGENT_LOST, NOW, "", "", AGENT, "");
    notifications().happened(lost);
    notifications().happened(new EventRow(EventKind.AGENT_BACK, at(5), "", "", AGENT, ""));
    List<Notifications.Queued> queued = notifications().events(1);
    assertThat(queued).singleElement().satisfies(one -> assertThat(one.event()).isEqualTo(lost));
    notifications().done(queued.stream().map(Notifications.Queued::id).toList());
    assertThat(kinds()).containsExactly(EventKind.AGENT_BACK);
  }

  @Test
  void a_notice_waits_until_it_is_due_and_is_found_by_its_topic() {
    EventRow event = new EventRow(EventKind.FAILED, NOW, JOB, "", AGENT, "exit code 1");
    NoticeRow notice = NoticeRow.of("r1", event, at(10), NOW);
    notifications().save(notice);
    assertThat(notifications().due(at(9), 10)).isEmpty();
    assertThat(notifications().due(at(10), 10)).containsExactly(notice);
    assertThat(notifications().newest("r1", event.topic())).contains(notice);
    assertThat(notifications().newest("r2", event.topic())).isEmpty();

    NoticeRow sent =
        notice
            .again(new EventRow(EventKind.FAILED, at(3), JOB, "", AGENT, "exit code 2"))
            .with(new NoticeRow.Delivery(NoticeRow.State.SENT, at(10), 1, "", at(11)));
    notifications().save(sent);
    assertThat(notifications().due(at(100), 10)).isEmpty();
    assertThat(notifications().newest("r1", event.topic())).contains(sent);
  }

  @Test
  void notices_are_listed_newest_first_page_by_page_and_those_that_wait_go_with_their_rule() {
    everythingIsWanted();
    for (int i = 1; i <= 3; i++) {
      notifications().save(notice(at(i)));
    }
    NoticeRow sent = notice(at(4));
    notifications()
        .save(sent.with(new NoticeRow.Delivery(NoticeRow.State.SENT, at(4), 1, "", at(4))));
    var first = notifications().notices(Scope.EVERYTHING, 3, null);
    assertThat(first.items()).extracting(NoticeRow::first).containsExactly(at(4), at(3), at(2));
    var second = notifications().notices(Scope.EVERYTHING, 3, first.next());
    assertThat(second.items()).extracting(NoticeRow::first).containsExactly(at(1));
    assertThat(second.next()).isNull();

    notifications().remove("r1");
    assertThat(notifications().notices(Scope.EVERYTHING, 10, null).items()).hasSize(1);
  }

  private static NoticeRow notice(Instant at) {
    return NoticeRow.of("r1", new EventRow(EventKind.FAILED, at, JOB, "", AGENT, ""), at, at);
  }

  @Test
  void every_kind_can_be_written_and_read() {
    assertThat(EnumSet.allOf(EventKind.class))
        .allSatisfy(kind -> assertThat(EventKind.of(kind.written())).contains(kind));
  }
}
