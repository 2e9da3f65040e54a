package io.cloudtask.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in, without the password.
 *
 * @param name unique, for signing in
 * @param mail an address, or ""
 * @param enabled one that is not keeps its name and gets in nowhere
 * @param mustchange whether somebody else has chosen the password
 * @param seenat of the last sign-in; null before the first
 */
public record AccountRow(
    String name,
    String displayname,
    String mail,
    Set<GrantRow> grants,
    boolean enabled,
    boolean mustchange,
    Instant createat,
    @Nullable Instant seenat) {
  public AccountRow {
    grants = Set.copyOf(grants);
  }

  /** The same with other grants. */
  public AccountRow with(Set<GrantRow> others) {
    return new AccountRow(name, displayname, mail, others, enabled, mustchange, createat, seenat);
  }

  /** Whether this one can give every right back to everybody. */
  public boolean administers() {
    return enabled && grants.contains(GrantRow.ADMIN);
  }
}
