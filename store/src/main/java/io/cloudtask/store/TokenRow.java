package io.cloudtask.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token, without the token.
 *
 * @param id for lists; opens nothing
 * @param owner an account, or "" when it belongs to the installation itself
 * @param name for people; an owner has one of a name
 * @param expiresat from when on it opens nothing; null: never
 * @param usedat when it was last seen, to the minute or so; null: never
 */
public record TokenRow(
    String id,
    String owner,
    String name,
    Set<GrantRow> grants,
    Instant createat,
    @Nullable Instant expiresat,
    @Nullable Instant usedat) {
  public TokenRow {
    grants = Set.copyOf(grants);
  }

  /** A new one, never used. */
  public static TokenRow of(
      String owner, String name, Set<GrantRow> grants, Instant now, @Nullable Instant expiresat) {
    return new TokenRow(TimeOrderedId.next(now), owner, name, grants, now, expiresat, null);
  }

  /** A new one of the installation itself that does not expire. */
  public static TokenRow of(String name, Set<GrantRow> grants, Instant now) {
    return of("", name, grants, now, null);
  }
}
