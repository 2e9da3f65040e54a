package io.cloudtask.store;

import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.rest.PackageView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The packages by name; their content is written and read with {@link PackageFiles}. */
public interface Packages {
  /** Size of the pieces in which content is kept, in bytes. */
  int PIECE = 256 * 1024;

  /** What an agent needs to fetch it. */
  Optional<PackageRef> ref(String name);

  /** One in sight. */
  Optional<PackageView> find(Scope scope, String name);

  /** All in sight, newest first; of the jobs that need them those in sight are counted. */
  List<PackageView> list(Scope scope);

  /**
   * Begins a content of which nothing is seen until {@link #publish}.
   *
   * @return false when the store has all of it
   */
  boolean begin(String sha256, long size, Instant now);

  /**
   * Keeps a piece of a content that was begun.
   *
   * @param index from 0; every piece but the last has {@link #PIECE} bytes
   */
  void put(String sha256, int index, byte[] data);

  /**
   * Gives a content a name.
   *
   * @return false, and nothing changed, when the name is taken
   * @throws StoreException when pieces of the content are missing
   */
  boolean publish(String name, String sha256, String user, Instant now);

  /** A piece of a complete content; empty when there is none of that index. */
  Optional<byte[]> piece(String sha256, int index);
}
