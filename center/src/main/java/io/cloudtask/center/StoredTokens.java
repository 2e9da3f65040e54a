package io.cloudtask.center;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.store.Store;
import io.cloudtask.store.TokenRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens of the store, as callers. Thread-safe. */
final class StoredTokens implements Authenticator.Directory {
  private static final String ADMIN = "admin";

  private final Store store;

  StoredTokens(Store store) {
    this.store = store;
  }

  /** Makes a token the administrator's; the one before stops working. */
  void saveAdmin(String token, Instant now) {
    store.execute(tx -> tx.tokens().save(token, new TokenRow(ADMIN, Set.of(ADMIN), "", now)));
  }

  @Override
  public Optional<Principal> find(String token) {
    return store
        .read(tx -> tx.tokens().find(token))
        // A token for a part of the objects opens nothing while routes can't judge by object.
        .filter(row -> row.scope().isEmpty())
        .map(row -> new Principal(row.name(), roles(row)));
  }

  /** The cluster's role is not for sale: only the cluster token has it. */
  private static Set<Role> roles(TokenRow row) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.CLUSTER)
        .filter(role -> row.roles().contains(role.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
