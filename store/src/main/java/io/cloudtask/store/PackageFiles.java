package io.cloudtask.store;

import io.cloudtask.model.rest.PackageView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Puts packages into the store and reads them, in many short transactions, so that a big one holds
 * up nobody. Thread-safe.
 */
public final class PackageFiles {
  private final Store store;

  public PackageFiles(Store store) {
    this.store = store;
  }

  /** The outcome of {@link #put}. */
  public sealed interface Stored {
    /** It is there. */
    record Done(PackageView view) implements Stored {}

    /** The name is taken; nothing changed. */
    record NameTaken(PackageView view) implements Stored {}
  }

  /**
   * Stores a file under a name. The same content under another name takes no space. Interrupted by
   * a crash, it leaves nothing that is seen, and can be repeated.
   *
   * @throws IOException when the file can't be read
   */
  public Stored put(String name, Path file, String user, Instant now) throws IOException {
    throw new UnsupportedOperationException(name + file + user + now + store);
  }

  /**
   * Copies the bytes in [from, to) of a content.
   *
   * @throws IOException when {@code out} throws
   * @throws StoreException when there is no such content, or it has no such bytes
   */
  public void copy(String sha256, long from, long to, OutputStream out) throws IOException {
    throw new UnsupportedOperationException(sha256 + from + to + out);
  }
}
