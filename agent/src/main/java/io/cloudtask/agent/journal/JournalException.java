package io.cloudtask.agent.journal;

/** Something could not be journalled, so it must not be done. The message says what to mend. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  public JournalException(String message) {
    super(message);
  }
}
