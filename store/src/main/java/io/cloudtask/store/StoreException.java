package io.cloudtask.store;

import org.jspecify.annotations.Nullable;

/**
 * The store could not do what it was asked, or holds something that can't be read. Nothing of the
 * transaction in which it was thrown is kept. The message says what, where, and how to mend it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
