package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is signed in; of the cookies only the SHA-256 is kept, which is enough for random ones. */
public interface Sessions {
  /**
   * Begins one.
   *
   * @param cookie at least 128 random bits as text
   * @return the row, with its new id
   */
  SessionRow open(String cookie, String account, Instant now, String address, String agent);

  /** Whose cookie this is; whether it has aged too much is for the caller to say. */
  Optional<SessionRow> find(String cookie);

  /** Notes that it is in use. */
  void seen(String id, Instant now);

  /** Ends one; false when that account has none of that id. */
  boolean end(String account, String id);

  /**
   * Ends all of an account but one.
   *
   * @param kept an id, or "" to keep none
   */
  void endOthers(String account, String kept);

  /** Those of an account, newest first. */
  List<SessionRow> list(String account);
}
