package io.cloudtask.center.secrets;

import org.jspecify.annotations.Nullable;

/** A sealed value that this cluster can't open. Its message has no part of the value. */
public final class UnreadableSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSecretException(String name, @Nullable Exception cause) {
    super(
        "the secret "
            + name
            + " can't be opened: it was sealed with another cluster token; bring that token back,"
            + " or set the value again",
        cause);
  }
}
