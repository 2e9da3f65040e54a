package io.cloudtask.center.http;

import io.cloudtask.store.StoreException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request failed because the store does not answer, and not because of what it asked or
 * of what the store holds: then another center may do, or this one a little later. Pure.
 */
final class Outage {
  /** Wrong data, broken constraints, wrong SQL: classes of SQLSTATE that come again and again. */
  private static final Set<String> FAULTS = Set.of("22", "23", "42");

  /** The same in SQLite: SQL error, constraint, mismatch, range. */
  private static final Set<Integer> SQLITE_FAULTS = Set.of(1, 19, 20, 25);

  private Outage() {}

  static boolean is(Throwable failure) {
    return failure instanceof StoreException store
        && (store.isAway() || hasOutage(failure.getCause()));
  }

  private static boolean hasOutage(@Nullable Throwable cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof SQLException sql) {
        return !isFault(sql);
      }
    }
    return false;
  }

  private static boolean isFault(SQLException sql) {
    String state = sql.getSQLState();
    return state == null || state.length() < 2
        ? SQLITE_FAULTS.contains(sql.getErrorCode() & 0xff)
        : FAULTS.contains(state.substring(0, 2));
  }
}
