package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.center.access.RandomSecret;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.SessionRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens sessions for passwords. Who is not known here, who has no password and who gives a wrong
 * one go through the same steps and get the same answer. Thread-safe.
 */
final class SignIns {
  private static final int LONGEST_AGENT = 300;

  private final Store store;
  private final Passwords passwords;
  private final Tries tries;
  private final Clock clock;

  /** The outcome of a try. */
  sealed interface Outcome {
    /** A session is open. */
    record Opened(String cookie, SessionRow session, AccountRow account) implements Outcome {}

    /** Name and password do not go together. */
    record Wrong() implements Outcome {}

    /** There were too many tries; none of this one was looked at. */
    record TooMany(Duration pause) implements Outcome {}
  }

  /**
   * At which browser.
   *
   * @param address from which it asks
   * @param agent what it says it is
   * @param cookie of a session that it has already; that one ends
   */
  record Browser(InetAddress address, String agent, Optional<String> cookie) {}

  SignIns(Store store, Passwords passwords, Tries tries, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.tries = tries;
    this.clock = clock;
  }

  Outcome open(String typed, String password, Browser browser) {
    String name = typed.strip().toLowerCase(Locale.ROOT);
    Optional<Duration> wait = tries.count(name, browser.address);
    if (wait.isPresent()) {
      return new Outcome.TooMany(wait.get());
    }
    Optional<String> hash = store.read(tx -> tx.accounts().password(name));
    boolean right = passwords.matches(password, hash);
    return store.write(tx -> {
      // What was compared may have changed meanwhile.
      boolean still = right && tx.accounts().password(name).equals(hash);
      return still ? opened(tx, name, browser) : wrong(tx, name, browser);
    });
  }

  private Outcome opened(Tx tx, String name, Browser browser) {
    Instant now = clock.instant();
    Tries.succeeded(tx, name, browser.address);
    browser
        .cookie
        .flatMap(cookie -> tx.sessions().find(cookie))
        .ifPresent(former -> tx.sessions().end(former.account(), former.id()));
    String cookie = RandomSecret.cookie();
    String agent = browser.agent.substring(0, Math.min(browser.agent.length(), LONGEST_AGENT));
    SessionRow session =
        tx.sessions().open(cookie, name, now, browser.address.getHostAddress(), agent);
    tx.accounts().seen(name, now);
    audit(tx, name, "session.open", browser);
    return new Outcome.Opened(cookie, session, tx.accounts().find(name).orElseThrow());
  }

  /** A name that nobody has is not written down: it may be a password in the wrong field. */
  private Outcome wrong(Tx tx, String name, Browser browser) {
    audit(tx, tx.accounts().find(name).isPresent() ? name : "", "session.refused", browser);
    return new Outcome.Wrong();
  }

  private void audit(Tx tx, String name, String what, Browser browser) {
    String from = browser.address.getHostAddress();
    tx.audit().add(new AuditRow(clock.instant(), name, what, name, "", from));
  }
}
