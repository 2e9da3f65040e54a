package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what; rows are only ever added. */
public interface Audit {
  /** A row with its id, which sorts by time. */
  record Entry(String id, AuditRow row) {}

  void add(AuditRow row);

  /**
   * Newest first.
   *
   * @param after {@code next} of the page before
   */
  Page<Entry> search(AuditSearch search, int limit, @Nullable String after);

  /** The newest about an object, newest first. */
  default List<AuditRow> about(String object, int limit) {
    return search(AuditSearch.about(object), limit, null).items().stream().map(Entry::row).toList();
  }
}
