package io.cloudtask.store;

/**
 * Something changed while this transaction waited for a lock, in a way that makes it lock in
 * another order: it is to be run once more.
 */
final class TryAgainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TryAgainException(String what) {
    super(what);
  }
}
