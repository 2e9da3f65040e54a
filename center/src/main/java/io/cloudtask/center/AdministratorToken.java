package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.AdminToken;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.TokenRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token of the installation itself, for programs that administer it. */
final class AdministratorToken {
  private static final Logger LOG = System.getLogger(AdministratorToken.class.getName());
  private static final String NAME = "admin";

  private AdministratorToken() {}

  /** Keeps a token, if there is none or this one is to replace it. */
  static void keep(Store store, @Nullable AdminToken token, Instant now) {
    store.execute(tx -> {
      Optional<TokenRow> present =
          tx.tokens().list().stream()
              .filter(row -> row.owner().isEmpty() && row.name().equals(NAME))
              .findAny();
      boolean same =
          token != null && present.isPresent() && tx.tokens().find(token.value()).equals(present);
      if (same) {
        return;
      }
      if (token != null && (token.replaces() || present.isEmpty())) {
        present.ifPresent(row -> tx.tokens().revoke(row.id()));
        tx.tokens().create(token.value(), TokenRow.of(NAME, Set.of(GrantRow.ADMIN), now));
      } else if (token == null && present.isEmpty()) {
        LOG.log(
            Level.WARNING,
            "There is no administrator token: start this center once with --admin-token-file FILE");
      } else if (token != null) {
        LOG.log(
            Level.WARNING,
            "The administrator has another token than the file holds, and keeps it; to change it,"
                + " start this center once with --admin-token-file FILE");
      }
    });
  }
}
