package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.AdminToken;
import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.TokenRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tokens of the store, as callers. Thread-safe. */
final class StoredTokens implements Authenticator.Directory {
  private static final Logger LOG = System.getLogger(StoredTokens.class.getName());
  private static final String ADMIN = "admin";

  private final Store store;

  StoredTokens(Store store) {
    this.store = store;
  }

  /** Makes a token the administrator's, if there is none or this one is to replace it. */
  void admin(@Nullable AdminToken token, Instant now) {
    store.execute(tx -> {
      Optional<TokenRow> present =
          tx.tokens().list().stream()
              .filter(row -> row.owner().isEmpty() && row.name().equals(ADMIN))
              .findAny();
      if (token != null && (token.replaces() || present.isEmpty())) {
        present.ifPresent(row -> tx.tokens().revoke(row.id()));
        tx.tokens().create(token.value(), TokenRow.of(ADMIN, Set.of(GrantRow.ADMIN), now));
      } else if (token == null && present.isEmpty()) {
        LOG.log(
            Level.WARNING,
            "There is no administrator: start this center once with --admin-token-file FILE");
      } else if (token != null && tx.tokens().find(token.value()).isEmpty()) {
        LOG.log(
            Level.WARNING,
            "The administrator has another token than the file holds, and keeps it; to change it,"
                + " start this center once with --admin-token-file FILE");
      }
    });
  }

  @Override
  public Optional<Principal> find(String token) {
    return store
        .read(tx -> tx.tokens().find(token))
        // A token for a part of the objects opens nothing while routes can't judge by object.
        .filter(row -> row.grants().stream().anyMatch(grant -> grant.scope().isEmpty()))
        .map(row -> new Principal(row.name(), Principal.Kind.TOKEN, grants(row.grants())));
  }

  /** The cluster's role is not for sale: only the cluster token has it. */
  private static Set<Grant> grants(Set<GrantRow> rows) {
    return rows.stream()
        .flatMap(row -> role(row.role()).map(role -> new Grant(role, row.scope())).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<Role> role(String word) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.CLUSTER)
        .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
        .findAny();
  }
}
