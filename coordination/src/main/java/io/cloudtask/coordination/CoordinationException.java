package io.cloudtask.coordination;

/**
 * The coordinator could not be asked, or its answer could not be read. It never means "there is
 * nothing".
 */
public final class CoordinationException extends Exception {
  private static final long serialVersionUID = 1L;

  public CoordinationException(String message, Throwable cause) {
    super(message, cause);
  }

  public CoordinationException(String message) {
    super(message);
  }
}
