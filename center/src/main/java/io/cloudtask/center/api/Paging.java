package io.cloudtask.center.api;

import io.cloudtask.center.http.Query;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for. */
record Paging(int limit, @Nullable String after) {
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  static Paging of(Query query) {
    return new Paging(
        (int) query.number("limit", 1, MOST, USUAL), query.text("after").orElse(null));
  }
}
