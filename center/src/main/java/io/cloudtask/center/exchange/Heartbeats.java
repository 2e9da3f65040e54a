package io.cloudtask.center.exchange;

import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who has stopped to show signs of life while its session lasts: an agent that hangs, whose
 * connection alone is alive. Silence is measured from when something was heard of anybody, so that
 * nobody is silent because the coordinator is. Not thread-safe.
 */
final class Heartbeats {
  private final long nanos;
  private final LongSupplier ticker;
  private Map<String, Beat> last = Map.of();

  private record Beat(Node node, long at) {}

  /**
   * @param silence that is too long
   * @param ticker nanoseconds of a clock that no one sets
   */
  Heartbeats(Duration silence, LongSupplier ticker) {
    this.nanos = silence.toNanos();
    this.ticker = ticker;
  }

  /** To be called whenever the nodes have changed; says which of them have not for too long. */
  Set<String> silent(Map<String, Node> nodes) {
    long now = ticker.getAsLong();
    Map<String, Beat> beats = new HashMap<>();
    nodes.forEach((key, node) -> {
      Beat before = last.get(key);
      boolean same = before != null && before.node().equals(node);
      beats.put(key, same ? before : new Beat(node, now));
    });
    last = beats;
    return beats.entrySet().stream()
        .filter(each -> now - each.getValue().at() > nanos)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
