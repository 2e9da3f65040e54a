package io.cloudtask.center.http;

/**
 * Carries a refusal out of the reading of a request, where no handler could go on anyway. Handlers
 * that decide return {@link Reply#refused} instead. Without a stack trace: it is an answer, not a
 * fault.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
