package io.cloudtask.center.notify;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.EventRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import io.cloudtask.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes events into the audit and the log, and hands on what people want to be told of.
 * Thread-safe.
 */
public final class AuditedEvents implements Events {
  private static final Logger LOG = System.getLogger(AuditedEvents.class.getName());
  private static final String WHO = "cluster";
  private static final Set<String> GONE =
      Set.of(NodeEvent.Kind.AGENT_LEFT.word(), NodeEvent.Kind.AGENT_FENCED.word());
  private static final Set<String> THERE =
      Set.of(NodeEvent.Kind.AGENT_JOINED.word(), NodeEvent.Kind.AGENT_BACK.word());

  /** What operators do with an agent stands in between. */
  private static final int LOOK_BACK = 100;

  private final Store store;

  public AuditedEvents(Store store) {
    this.store = store;
  }

  @Override
  public void happened(NodeEvent event) {
    String detail =
        Stream.of(event.hostname(), event.detail())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(": "));
    LOG.log(
        event.kind().bad() ? Level.WARNING : Level.INFO,
        "{0} {1} ({2})",
        event.kind().word(),
        event.key(),
        detail);
    AuditRow row = new AuditRow(event.at(), WHO, event.kind().word(), event.key(), detail, "");
    try {
      store.execute(tx -> {
        Optional<EventKind> kind = kind(tx, event);
        tx.audit().add(row);
        kind.ifPresent(told ->
            tx.notifications()
                .happened(new EventRow(told, event.at(), "", "", event.key(), event.detail())));
      });
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "The event " + event + " is not in the audit", e);
    }
  }

  /** What people are told of: that an agent is gone, once, and that it is there again. */
  private static Optional<EventKind> kind(Tx tx, NodeEvent event) {
    boolean gone =
        tx.audit().about(event.key(), LOOK_BACK).stream()
            .map(AuditRow::what)
            .filter(what -> GONE.contains(what) || THERE.contains(what))
            .findFirst()
            .filter(GONE::contains)
            .isPresent();
    return switch (event.kind()) {
      case AGENT_LEFT, AGENT_FENCED -> gone ? Optional.empty() : Optional.of(EventKind.AGENT_LOST);
      case AGENT_JOINED, AGENT_BACK -> gone ? Optional.of(EventKind.AGENT_BACK) : Optional.empty();
      case CENTER_ELECTED -> Optional.empty();
    };
  }
}
