package io.cloudtask.store;

import org.jspecify.annotations.Nullable;

/**
 * The store could not do what it was asked, or holds something that can't be read. Nothing of the
 * transaction in which it was thrown is kept. The message says what, where, and how to mend it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean away;

  public StoreException(String message) {
    this(message, null);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * @param away see {@link #isAway}
   */
  StoreException(String message, @Nullable Throwable cause, boolean away) {
    super(message, cause);
    this.away = away;
  }

  /**
   * Whether the database could not be reached, or did not come to it, so that the same may succeed
   * later without anybody mending anything here.
   */
  public boolean isAway() {
    return away;
  }
}
