package io.cloudtask.store;

import io.cloudtask.model.rest.PackageView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Puts packages into the store and reads them, in many short transactions, so that a big one holds
 * up nobody. Thread-safe.
 */
public final class PackageFiles {
  /** Pieces per transaction: 4 MiB. */
  private static final int AT_ONCE = 16;

  private final Store store;
  private final RecentPieces recent;

  /** Reads everything from the store. */
  public PackageFiles(Store store) {
    this(store, 0);
  }

  /**
   * Keeps what was read last, so that many agents that fetch a package ask the store for it once.
   *
   * @param recent pieces of {@link Packages#PIECE} bytes that are kept in memory
   */
  public PackageFiles(Store store, int recent) {
    this.store = store;
    this.recent = new RecentPieces(recent);
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
   * @throws IOException when the file can't be read, or changes meanwhile
   */
  public Stored put(String name, Path file, String user, Instant now) throws IOException {
    Optional<PackageView> taken = store.read(tx -> tx.packages().find(Scope.EVERYTHING, name));
    if (taken.isPresent()) {
      return new Stored.NameTaken(taken.get());
    }
    String sha256 = sha256(file);
    long size = Files.size(file);
    if (store.write(tx -> tx.packages().begin(sha256, size, now))) {
      putPieces(sha256, file);
    }
    return store.write(tx -> {
      boolean published = tx.packages().publish(name, sha256, user, now);
      PackageView view = tx.packages().find(Scope.EVERYTHING, name).orElseThrow();
      return published ? new Stored.Done(view) : new Stored.NameTaken(view);
    });
  }

  private void putPieces(String sha256, Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      int index = 0;
      List<byte[]> pieces = pieces(in, digest);
      while (!pieces.isEmpty()) {
        int first = index;
        List<byte[]> some = pieces;
        store.execute(tx -> {
          for (int i = 0; i < some.size(); i++) {
            tx.packages().put(sha256, first + i, some.get(i));
          }
        });
        index += pieces.size();
        pieces = pieces(in, digest);
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw new IOException(file + " changed while it was read");
    }
  }

  private static List<byte[]> pieces(InputStream in, MessageDigest digest) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    while (pieces.size() < AT_ONCE) {
      byte[] piece = in.readNBytes(Packages.PIECE);
      if (piece.length == 0) {
        break;
      }
      digest.update(piece);
      pieces.add(piece);
    }
    return pieces;
  }

  /**
   * Copies the bytes in [from, to) of a content.
   *
   * @throws IOException when {@code out} throws
   * @throws StoreException when there is no such content, or it has no such bytes
   */
  public void copy(String sha256, long from, long to, OutputStream out) throws IOException {
    for (long at = from; at < to; ) {
      int index = Math.toIntExact(at / Packages.PIECE);
      int start = (int) (at % Packages.PIECE);
      byte[] piece =
          piece(sha256, index)
              .filter(p -> p.length > start)
              .orElseThrow(() ->
                  new StoreException(
                      "content %s has no byte %d in the store"
                          .formatted(sha256, (long) index * Packages.PIECE + start)));
      int length = (int) Math.min(piece.length - start, to - at);
      out.write(piece, start, length);
      at += length;
    }
  }

  private Optional<byte[]> piece(String sha256, int index) {
    Optional<byte[]> kept = recent.find(sha256, index);
    if (kept.isPresent()) {
      return kept;
    }
    Optional<byte[]> read = store.read(tx -> tx.packages().piece(sha256, index));
    read.ifPresent(piece -> recent.keep(sha256, index, piece));
    return read;
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[Packages.PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
