package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import org.jspecify.annotations.Nullable;

/** Who changed what; rows are only ever added. */
public interface Audit {
  void add(AuditRow row);

  /**
   * Newest first.
   *
   * @param object only about that; null: about anything
   * @param after {@code next} of the page before
   */
  Page<AuditRow> list(@Nullable String object, int limit, @Nullable String after);
}
