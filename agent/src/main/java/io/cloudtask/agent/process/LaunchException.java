package io.cloudtask.agent.process;

/**
 * A run could not be started, and no process of it exists. The message says why, for the person who
 * owns the job.
 */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  public LaunchException(String message) {
    super(message);
  }

  public LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
