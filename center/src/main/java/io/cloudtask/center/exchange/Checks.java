package io.cloudtask.center.exchange;

import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.StorableTime;
import io.cloudtask.model.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Refuses what is absent or out of bounds, naming the field. */
final class Checks {
  private Checks() {}

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new RefusedException(Refusal.invalid(field, "is absent"));
    }
    return value;
  }

  static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }

  static void text(String field, @Nullable String value, int max) {
    String text = present(field, value);
    require(text.length() <= max, field, "is longer than " + max + " characters");
    require(text.indexOf('\0') < 0, field, "has a NUL character");
  }

  static void jobId(String field, @Nullable String value) {
    require(Ids.isJobId(present(field, value)), field, "is not 24 lower-case hex digits");
  }

  static void runId(String field, @Nullable String value) {
    require(Ids.isRunId(present(field, value)), field, "is not 32 lower-case hex digits");
  }

  static void instant(String field, @Nullable Instant value) {
    require(StorableTime.holds(present(field, value)), field, StorableTime.RULE);
  }

  static void optionalInstant(String field, @Nullable Instant value) {
    if (value != null) {
      instant(field, value);
    }
  }

  static void atLeast(String field, long value, long least) {
    require(value >= least, field, "is less than " + least);
  }
}
