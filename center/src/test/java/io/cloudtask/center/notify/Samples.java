package io.cloudtask.center.notify;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.EventRow;
import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.RuleRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the tests of this package have in common. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final String JOB = "399d4b159c65c9b34d2a3c41";

  private Samples() {}

  static EventRow failed(Instant at, String detail) {
    return new EventRow(EventKind.FAILED, at, JOB, "run-1", "agent-1", detail);
  }

  static NoticeRow notice(EventRow event) {
    return NoticeRow.of("r1", event, event.at(), event.at());
  }

  static RuleRow rule(RuleRow.Way way) {
    return new RuleRow(
        "r1",
        "on call",
        RuleRow.About.ANYTHING,
        Set.of(EventKind.values()),
        way,
        true,
        false,
        "ann",
        NOW);
  }

  static RuleRow.Way mail(String... addresses) {
    return new RuleRow.Way(RuleRow.Channel.MAIL, List.of(addresses), "", "");
  }

  static RuleRow.Way webhook(String url, String template, String secret) {
    return new RuleRow.Way(RuleRow.Channel.WEBHOOK, List.of(url), template, secret);
  }

  static Letter letter(RuleRow.Way way, EventRow... events) {
    return new Letter("letter-1", rule(way), Stream.of(events).map(Samples::item).toList());
  }

  static Letter.Item item(EventRow event) {
    return new Letter.Item(
        notice(event),
        event.kind().ofAgent() ? null : new Letter.Job(JOB, "local", "nightly", "backup"),
        "alpha",
        "disk <full>\n",
        "http://console/runs/run-1");
  }
}
