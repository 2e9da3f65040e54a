package io.cloudtask.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pieces of packages that were read last. A content never changes, so what is here is right.
 * Thread-safe.
 */
final class RecentPieces {
  private record Place(String sha256, int index) {}

  private final int most;

  /** In the order of their last use, the least recent first. */
  private final Map<Place, byte[]> pieces = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most how many are kept; 0 keeps none
   */
  RecentPieces(int most) {
    this.most = most;
  }

  synchronized Optional<byte[]> find(String sha256, int index) {
    return Optional.ofNullable(pieces.get(new Place(sha256, index)));
  }

  synchronized void keep(String sha256, int index, byte[] piece) {
    pieces.put(new Place(sha256, index), piece);
    if (pieces.size() > most) {
      pieces.remove(pieces.keySet().iterator().next());
    }
  }
}
