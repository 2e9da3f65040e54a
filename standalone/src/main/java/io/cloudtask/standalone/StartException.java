package io.cloudtask.standalone;

import org.jspecify.annotations.Nullable;

/** The system can't start; the message says what is wrong and how to mend it. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  StartException(String message) {
    super(message);
  }
}
