package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Principal;
import io.cloudtask.model.rest.MeView;
import io.cloudtask.store.AccountRow;

/** How callers see themselves. Pure. */
final class Own {
  private Own() {}

  /** Somebody who is signed in. */
  static MeView view(AccountRow account, String csrf) {
    return new MeView(
        account.name(),
        account.displayname(),
        "user",
        Grants.views(account.grants()),
        csrf,
        account.mustchange());
  }

  /** Whoever is known otherwise. */
  static MeView view(Principal principal) {
    return new MeView(
        principal.name(),
        "",
        principal.kind() == Principal.Kind.TOKEN ? "token" : "local",
        Grants.views(Grants.rows(principal.grants())),
        null,
        principal.mustchange());
  }
}
