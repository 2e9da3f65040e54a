package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Principal;
import io.cloudtask.store.TokenRow;

/**
 * To whom a token belongs, as its name says it: {@code ann/ci} is one of ann, {@code ci} one of the
 * installation itself. No user has a slash in the name. Pure.
 */
final class Owner {
  /** The installation itself. */
  static final String NOBODY = "";

  private Owner() {}

  /** What a token is called where it acts. */
  static String name(TokenRow token) {
    return token.owner().isEmpty() ? token.name() : token.owner() + '/' + token.name();
  }

  /** For whom a caller acts. */
  static String of(Principal principal) {
    if (principal.kind() == Principal.Kind.PERSON) {
      return principal.name();
    }
    int slash = principal.name().indexOf('/');
    return slash < 0 ? NOBODY : principal.name().substring(0, slash);
  }
}
