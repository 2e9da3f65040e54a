package io.cloudtask.cli;

import io.cloudtask.model.rest.Problem;
import org.jspecify.annotations.Nullable;

/** A command that did not succeed, with what its user should read. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Null when no center refused anything (it was not reached, a file could not be read). */
  private final transient @Nullable Problem problem;

  private final int exitCode;

  Failure(String message) {
    this(message, null, null, Cli.FAILED);
  }

  Failure(String message, Throwable cause) {
    this(message, cause, null, Cli.FAILED);
  }

  Failure(String message, Problem problem) {
    this(message, null, problem, Cli.FAILED);
  }

  private Failure(
      String message, @Nullable Throwable cause, @Nullable Problem problem, int exitCode) {
    super(message, cause);
    this.problem = problem;
    this.exitCode = exitCode;
  }

  /** The command line itself made no sense. */
  static Failure usage(String message, @Nullable Throwable cause) {
    return new Failure(message, cause, null, Cli.WRONG_USAGE);
  }

  /** Of the process: 1, or 2 for wrong usage. */
  int exitCode() {
    return exitCode;
  }

  /** What the center answered. */
  @Nullable Problem problem() {
    return problem;
  }
}
