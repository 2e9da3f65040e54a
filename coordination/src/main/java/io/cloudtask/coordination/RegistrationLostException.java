package io.cloudtask.coordination;

import org.jspecify.annotations.Nullable;

/** The registration is over: its session ended, or its nodes are gone. Register again. */
public final class RegistrationLostException extends CoordinationException {
  private static final long serialVersionUID = 1L;

  RegistrationLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  RegistrationLostException(String message) {
    super(message);
  }
}
