package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.AdminToken;
import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Grant;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
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
      boolean present = tx.tokens().list().stream().anyMatch(row -> row.name().equals(ADMIN));
      if (token != null && (token.replaces() || !present)) {
        tx.tokens().save(token.value(), new TokenRow(ADMIN, Set.of(ADMIN), "", now));
      } else if (token == null && !present) {
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
        .filter(row -> row.scope().isEmpty())
        .map(row -> new Principal(row.name(), Principal.Kind.TOKEN, grants(row)));
  }

  /** The cluster's role is not for sale: only the cluster token has it. */
  private static Set<Grant> grants(TokenRow row) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.CLUSTER)
        .filter(role -> row.roles().contains(role.name().toLowerCase(Locale.ROOT)))
        .map(role -> new Grant(role, row.scope()))
        .collect(Collectors.toSet());
  }
}
