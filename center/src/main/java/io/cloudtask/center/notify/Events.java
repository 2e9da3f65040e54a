package io.cloudtask.center.notify;

/** Hears what happens in the cluster. Thread-safe; must not block for long, must not throw. */
@FunctionalInterface
public interface Events {
  /** It has happened. */
  void happened(NodeEvent event);
}
