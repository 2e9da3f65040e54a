package io.cloudtask.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit; null means any. Parts of text are found in any case of letters.
 *
 * @param who a part of the name
 * @param what a part of the verb
 * @param object exactly
 * @param text a part of who, what, object, detail or origin
 * @param from not before
 * @param to before
 */
public record AuditSearch(
    @Nullable String who,
    @Nullable String what,
    @Nullable String object,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** What was done to one object. */
  public static AuditSearch about(@Nullable String object) {
    return new AuditSearch(null, null, object, null, null, null);
  }
}
