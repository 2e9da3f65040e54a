package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tokens; only their SHA-256 is kept, which is enough for random ones. */
public interface Tokens {
  /**
   * Keeps a new token; false, and nothing changed, when its owner has one of that name.
   *
   * @param token at least 128 random bits as text
   */
  boolean create(String token, TokenRow row);

  /** Whose token this is, also when it has expired; empty for one that was never made. */
  Optional<TokenRow> find(String token);

  /** One by its id. */
  Optional<TokenRow> get(String id);

  /** Notes that it is in use. */
  void used(String id, Instant now);

  /** Ends a token; false when there is none of that id. */
  boolean revoke(String id);

  /** All, by owner and name. */
  List<TokenRow> list();
}
