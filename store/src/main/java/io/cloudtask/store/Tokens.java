package io.cloudtask.store;

import java.util.List;
import java.util.Optional;

/** The tokens; only their SHA-256 is kept, which is enough for random ones. */
public interface Tokens {
  /**
   * Keeps a token; one of the same name stops working.
   *
   * @param token at least 128 random bits as text
   */
  void save(String token, TokenRow row);

  /** What a token may do; empty for one that was never made or was revoked. */
  Optional<TokenRow> find(String token);

  /** Ends a token; false when there is none of that name. */
  boolean revoke(String name);

  /** All, by name. */
  List<TokenRow> list();
}
