package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The people who may sign in. There is always one enabled administrator, once there was one. */
public interface Accounts {
  /** The outcome of a change. */
  enum Change {
    DONE,
    /** There is none of that name. */
    UNKNOWN,
    /** Nobody would be left to administer; nothing changed. */
    LAST_ADMINISTRATOR
  }

  /**
   * Makes one; false, and nothing changed, when the name is taken.
   *
   * @param password its hash; "" lets nobody in
   */
  boolean create(AccountRow account, String password);

  Optional<AccountRow> find(String name);

  /** All, by name. */
  List<AccountRow> list();

  /** The hash of the password of one that is enabled; empty when there is none. */
  Optional<String> password(String name);

  /**
   * Replaces the hash of the password.
   *
   * @param mustchange whether somebody else has chosen it
   * @return false when there is none of that name
   */
  boolean password(String name, String hash, boolean mustchange);

  /** Notes that somebody has signed in. */
  void seen(String name, Instant now);

  /**
   * Replaces display name, mail, grants, and whether it is enabled. The sessions of one that is not
   * enabled end.
   */
  Change change(AccountRow account);

  /** Removes one with its sessions and tokens. */
  Change remove(String name);
}
