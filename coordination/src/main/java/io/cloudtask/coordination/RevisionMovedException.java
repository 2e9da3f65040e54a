package io.cloudtask.coordination;

/**
 * The job set has moved since its mark was read; nobody was registered. Read the mark again, learn
 * the set, and try again.
 */
public final class RevisionMovedException extends CoordinationException {
  private static final long serialVersionUID = 1L;

  RevisionMovedException(String message) {
    super(message);
  }
}
