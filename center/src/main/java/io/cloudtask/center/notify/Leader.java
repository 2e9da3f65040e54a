package io.cloudtask.center.notify;

import io.cloudtask.store.Tx;
import java.util.Optional;
import java.util.function.Function;

/** Lets the leading center change something, and no other. Thread-safe. */
@FunctionalInterface
public interface Leader {
  /** Changes something; empty, and nothing changed, when this center does not lead. */
  <T> Optional<T> write(Function<Tx, T> work);
}
