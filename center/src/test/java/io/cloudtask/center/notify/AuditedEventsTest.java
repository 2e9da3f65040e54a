package io.cloudtask.center.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.Notifications;
import io.cloudtask.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditedEventsTest {
  private static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";

  @TempDir Path dir;
  private Store store;
  private AuditedEvents events;
  private int second;

  @BeforeEach
  void open() {
    store = Store.open(dir.resolve("cloudtask.db"), Clock.systemUTC());
    store.execute(tx -> tx.notifications().save(Samples.rule(Samples.mail("ann@example.org"))));
    events = new AuditedEvents(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void happens(NodeEvent.Kind kind) {
    second++;
    events.happened(new NodeEvent(kind, KEY, "alpha", Samples.NOW.plusSeconds(second), ""));
  }

  private void audited(String what) {
    second++;
    AuditRow row = new AuditRow(Samples.NOW.plusSeconds(second), "ann", what, KEY, "", "");
    store.execute(tx -> tx.audit().add(row));
  }

  private List<EventKind> told() {
    return store.read(tx -> tx.notifications().events(100)).stream()
        .map(Notifications.Queued::event)
        .map(event -> event.kind())
        .toList();
  }

  @Test
  void an_agent_that_left_and_was_then_taken_for_dead_is_told_of_once() {
    happens(NodeEvent.Kind.AGENT_JOINED);
    happens(NodeEvent.Kind.AGENT_LEFT);
    happens(NodeEvent.Kind.AGENT_FENCED);
    assertThat(told()).containsExactly(EventKind.AGENT_LOST);
  }

  @Test
  void what_operators_did_with_it_meanwhile_changes_nothing_about_that() {
    happens(NodeEvent.Kind.AGENT_LEFT);
    audited("agent.drain");
    happens(NodeEvent.Kind.AGENT_FENCED);
    audited("agent.undrain");
    happens(NodeEvent.Kind.AGENT_BACK);
    audited("agent.drain");
    happens(NodeEvent.Kind.AGENT_JOINED);
    assertThat(told()).containsExactly(EventKind.AGENT_LOST, EventKind.AGENT_BACK);
  }
}
