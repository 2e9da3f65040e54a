package io.cloudtask.coordination;

/** Another living session holds the key; nothing was changed. */
public final class KeyTakenException extends CoordinationException {
  private static final long serialVersionUID = 1L;

  KeyTakenException(String message) {
    super(message);
  }
}
