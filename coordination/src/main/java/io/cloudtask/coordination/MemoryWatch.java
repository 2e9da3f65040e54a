package io.cloudtask.coordination;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one listener of the twin up to date. Looks under the server's lock, tells outside of it.
 */
final class MemoryWatch<T> implements Runnable, Coordinator.Subscription {
  private final MemoryClient client;
  private final Supplier<Optional<T>> value;
  private final Consumer<T> listener;
  private @Nullable T told;
  private volatile boolean closed;

  MemoryWatch(MemoryClient client, Supplier<Optional<T>> value, Consumer<T> listener) {
    this.client = client;
    this.value = value;
    this.listener = listener;
  }

  /** The value is taken now and told later, so that each change is told. */
  @Override
  public void run() {
    if (client.connection() == Coordinator.Connection.CONNECTED) {
      value.get().ifPresent(now -> client.link().event(() -> tell(now)));
    }
  }

  private void tell(T now) {
    if (!closed && !client.isClosed() && !now.equals(told)) {
      told = now;
      listener.accept(now);
    }
  }

  @Override
  public void close() {
    closed = true;
    client.unwatch(this);
  }
}
