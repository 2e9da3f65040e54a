package io.cloudtask.center.notify;

import io.cloudtask.store.AuditRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes events into the audit and the log. Thread-safe. */
public final class AuditedEvents implements Events {
  private static final Logger LOG = System.getLogger(AuditedEvents.class.getName());
  private static final String WHO = "cluster";

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
      store.execute(tx -> tx.audit().add(row));
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "The event " + event + " is not in the audit", e);
    }
  }
}
