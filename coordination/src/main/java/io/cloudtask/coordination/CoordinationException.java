package io.cloudtask.coordination;

import org.jspecify.annotations.Nullable;

/**
 * The coordinator could not be asked, or its answer could not be read. It never means "there is
 * nothing". After it nobody knows whether what was asked has been done.
 */
public sealed class CoordinationException extends Exception
    permits KeyTakenException,
        RegistrationLostException,
        RevisionMovedException,
        UnreadableException {
  private static final long serialVersionUID = 1L;

  public CoordinationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public CoordinationException(String message) {
    super(message);
  }
}
