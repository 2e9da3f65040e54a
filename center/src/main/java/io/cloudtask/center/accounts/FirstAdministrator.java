package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.center.access.RandomSecret;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes the first user of a store that has none. */
public final class FirstAdministrator {
  /** How that user is called. */
  public static final String NAME = "admin";

  private FirstAdministrator() {}

  /**
   * Makes it, once, however many centers start at the same time.
   *
   * @return its password, which is nowhere else; empty when there are users already
   */
  public static Optional<String> make(Store store, Passwords passwords, Instant now) {
    if (!store.<Boolean>read(tx -> tx.accounts().list().isEmpty())) {
      return Optional.empty();
    }
    String password = RandomSecret.password();
    String hash = passwords.hash(password);
    AccountRow account =
        new AccountRow(NAME, "Administrator", "", Set.of(GrantRow.ADMIN), true, true, now, null);
    boolean made =
        store.write(tx -> {
          boolean created = tx.accounts().list().isEmpty() && tx.accounts().create(account, hash);
          if (created) {
            tx.audit().add(new AuditRow(now, "center", "user.create", NAME, "the first one", ""));
          }
          return created;
        });
    return made ? Optional.of(password) : Optional.empty();
  }
}
