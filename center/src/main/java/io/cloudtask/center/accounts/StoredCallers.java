package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.SessionAge;
import io.cloudtask.center.access.SessionCookie;
import io.cloudtask.center.access.SignedIn;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.SessionRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.TokenRow;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens and sessions of the store, as callers. Thread-safe. */
public final class StoredCallers implements Authenticator.Directory {
  /** How much later a use is noted than it was, at the most: not every request is to write. */
  private static final Duration GRAIN = Duration.ofMinutes(1);

  private final Store store;
  private final SessionAge age;
  private final Clock clock;
  private final boolean noting;

  public StoredCallers(Store store, SessionAge age, Clock clock) {
    this(store, age, clock, true);
  }

  private StoredCallers(Store store, SessionAge age, Clock clock, boolean noting) {
    this.store = store;
    this.age = age;
    this.clock = clock;
    this.noting = noting;
  }

  @Override
  public Authenticator.Directory looking() {
    return new StoredCallers(store, age, clock, false);
  }

  private record ByToken(TokenRow token, Principal principal) {}

  private record BySession(SessionRow session, Principal principal) {}

  @Override
  public Optional<Principal> find(String token) {
    Instant now = clock.instant();
    Optional<ByToken> found =
        store.read(tx -> tx.tokens().find(token).flatMap(row -> caller(tx, row, now)));
    found
        .filter(by -> toNote(by.token.usedat(), now))
        .ifPresent(by -> store.execute(tx -> tx.tokens().used(by.token.id(), now)));
    return found.map(ByToken::principal);
  }

  private static Optional<ByToken> caller(Tx tx, TokenRow row, Instant now) {
    Instant expires = row.expiresat();
    if (expires != null && !now.isBefore(expires)) {
      return Optional.empty();
    }
    return principal(tx, row).map(principal -> new ByToken(row, principal));
  }

  /** That of a user does no more than that user may do now; empty when he may not even sign in. */
  private static Optional<Principal> principal(Tx tx, TokenRow row) {
    Set<Grant> own = Grants.of(row.grants());
    if (row.owner().equals(Owner.NOBODY)) {
      return Optional.of(new Principal(Owner.name(row), Principal.Kind.TOKEN, own, false));
    }
    return tx.accounts()
        .find(row.owner())
        .filter(AccountRow::enabled)
        .map(owner ->
            new Principal(
                Owner.name(row),
                Principal.Kind.TOKEN,
                Grants.within(Grants.of(owner.grants()), own),
                owner.mustchange()));
  }

  @Override
  public Optional<SignedIn> session(String cookie) {
    Instant now = clock.instant();
    Optional<BySession> found =
        store.read(tx ->
            tx.sessions()
                .find(cookie)
                .filter(row -> !age.over(row.createat(), row.seenat(), now))
                .flatMap(row -> caller(tx, row)));
    found
        .filter(by -> toNote(by.session.seenat(), now))
        .ifPresent(by -> store.execute(tx -> tx.sessions().seen(by.session.id(), now)));
    return found.map(by -> new SignedIn(by.principal, by.session.id(), SessionCookie.csrf(cookie)));
  }

  private static Optional<BySession> caller(Tx tx, SessionRow row) {
    return tx.accounts()
        .find(row.account())
        .filter(AccountRow::enabled)
        .map(account ->
            new BySession(
                row,
                new Principal(
                    account.name(),
                    Principal.Kind.PERSON,
                    Grants.of(account.grants()),
                    account.mustchange())));
  }

  private boolean toNote(@Nullable Instant noted, Instant now) {
    return noting && (noted == null || noted.plus(GRAIN).isBefore(now));
  }
}
