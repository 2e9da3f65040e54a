package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.center.access.RandomSecret;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Store;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes the first user of a store that has none. */
public final class FirstAdministrator {
  /** How that user is called. */
  static final String NAME = "admin";

  private FirstAdministrator() {}

  /**
   * Makes it where there is none, and tells whoever started this process. That is said to the
   * terminal and never to a log, which others keep and read.
   */
  public static void introduce(Store store, Instant now, PrintStream terminal) {
    make(store, new Passwords(), now)
        .ifPresent(password ->
            terminal.println(
                """
                There was nobody who can sign in, so there is a user now. This is said once:
                  name:     %s
                  password: %s
                Sign in at the console and choose another one. If it is lost:
                cloudtask user create-admin\
                """
                    .formatted(NAME, password)));
  }

  /**
   * Makes it, once, however many centers start at the same time.
   *
   * @return its password, which is nowhere else; empty when there are users already
   */
  static Optional<String> make(Store store, Passwords passwords, Instant now) {
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
