package io.cloudtask.simulation.world;

/** Something that must never be true is. The message says what, for a person. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  public Violation(Invariant invariant, String message) {
    super(message);
    this.invariant = invariant;
  }

  /** What is broken. */
  public Invariant invariant() {
    return invariant;
  }
}
