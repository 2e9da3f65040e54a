package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.Store;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes the password of whoever is signed in and knows the old one. A stolen session alone can't:
 * a wrong old one counts like a try to sign in. Thread-safe.
 */
final class OwnPassword {
  private final Store store;
  private final Passwords passwords;
  private final Tries tries;
  private final Clock clock;

  /** The outcome of a change. */
  sealed interface Outcome {
    /** The new one holds, and every other session has ended. */
    record Changed() implements Outcome {}

    /** The old one is another. */
    record Wrong() implements Outcome {}

    /** There were too many tries; none of this one was looked at. */
    record TooMany(Duration pause) implements Outcome {}
  }

  OwnPassword(Store store, Passwords passwords, Tries tries, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.tries = tries;
    this.clock = clock;
  }

  /**
   * Changes it.
   *
   * @param session the one that stays
   * @param next has been judged already
   */
  Outcome change(String name, String session, String old, String next, InetAddress address) {
    Optional<Duration> wait = tries.count(name, address);
    if (wait.isPresent()) {
      return new Outcome.TooMany(wait.get());
    }
    Optional<String> hash = store.read(tx -> tx.accounts().password(name));
    if (!passwords.matches(old, hash)) {
      return new Outcome.Wrong();
    }
    String hashed = passwords.hash(next);
    return store.write(tx -> {
      if (!tx.accounts().password(name).equals(hash)) {
        return new Outcome.Wrong();
      }
      Tries.succeeded(tx, name, address);
      tx.accounts().password(name, hashed, false);
      tx.sessions().endOthers(name, session);
      String from = address.getHostAddress();
      tx.audit().add(new AuditRow(clock.instant(), name, "password.change", name, "", from));
      return new Outcome.Changed();
    });
  }
}
