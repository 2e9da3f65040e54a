package io.cloudtask.center.http;

import org.jspecify.annotations.Nullable;

/** A port could not be opened; the message says which, why, and what to do. */
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ListenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
