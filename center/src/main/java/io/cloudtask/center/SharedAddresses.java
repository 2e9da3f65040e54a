package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.Sharing;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.model.wire.ServerConfig;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that all nodes share at the coordinator, as this center sees and treats them.
 * Thread-safe; {@link #share} is called by one thread.
 */
final class SharedAddresses implements AutoCloseable {
  private final Sharing.Mode mode;
  private final ServerConfig own;
  private final AtomicReference<ServerConfig> current;
  private final Coordinator.@Nullable Subscription following;
  private boolean shared;

  SharedAddresses(Coordinator coordinator, Sharing.Mode mode, ServerConfig own) {
    this.mode = mode;
    this.own = own;
    this.current = new AtomicReference<>(own);
    this.following =
        mode == Sharing.Mode.FOLLOW ? coordinator.watchServerConfig(current::set) : null;
  }

  /** Those in force. */
  ServerConfig current() {
    return current.get();
  }

  /** Does what is to be done once; to be repeated until it succeeds. */
  void share(Coordinator coordinator) throws CoordinationException {
    if (shared) {
      return;
    }
    boolean wanted =
        switch (mode) {
          case PUBLISH -> true;
          case FOLLOW -> coordinator.serverConfig().isEmpty();
          case OWN -> false;
        };
    if (wanted) {
      coordinator.publish(own);
    }
    shared = true;
  }

  @Override
  public void close() {
    if (following != null) {
      following.close();
    }
  }
}
