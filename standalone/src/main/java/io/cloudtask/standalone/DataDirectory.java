package io.cloudtask.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory with all state of one system, held by one process at a time. Only its owner can
 * read it. The lock is the kernel's, so it ends with the process, however that ends; the pid in the
 * file is for people.
 */
final class DataDirectory implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int TOKEN_BYTES = 32;

  private final Path root;
  private final FileChannel lockFile;
  private final SecureRandom random;

  private DataDirectory(Path root, FileChannel lockFile, SecureRandom random) {
    this.root = root;
    this.lockFile = lockFile;
    this.random = random;
  }

  /**
   * Makes the directory when it is missing, and takes it.
   *
   * @throws StartException when another process holds it (naming that), or it can't be used
   */
  static DataDirectory take(Path directory, SecureRandom random) throws StartException {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.getParent() == null ? root : root.getParent());
      if (!Files.isDirectory(root)) {
        Files.createDirectory(root, OWNER_ONLY_DIRECTORY);
      }
      return new DataDirectory(root, lock(root), random);
    } catch (AccessDeniedException e) {
      throw new StartException(
          "may not write " + e.getFile() + ": choose another directory with --data", e);
    } catch (IOException e) {
      throw new StartException(
          "can't use the data directory " + root + ": " + e + "; choose another with --data", e);
    }
  }

  private static FileChannel lock(Path root) throws IOException, StartException {
    Path file = root.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OWNER_ONLY);
    if (!tryLock(channel)) {
      String holder = Files.readString(file, StandardCharsets.UTF_8).strip();
      channel.close();
      throw new StartException(
          root
              + " is in use by another standalone, process "
              + (holder.isEmpty() ? "unknown" : holder)
              + ": stop that one, or choose another directory with --data");
    }
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** A secret of the system, and whether it was made just now. */
  record Token(String value, Path file, boolean made) {}

  /** Reads a token; makes it at the first start. */
  Token token(String name) throws StartException {
    Path file = root.resolve(name);
    try {
      if (Files.exists(file)) {
        String value = Files.readString(file).strip();
        if (value.isEmpty()) {
          throw new StartException(
              file + " is empty: remove it, and the next start makes a new one");
        }
        return new Token(value, file, false);
      }
      byte[] secret = new byte[TOKEN_BYTES];
      random.nextBytes(secret);
      String value = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      replace(name, value + "\n");
      return new Token(value, file, true);
    } catch (IOException e) {
      throw new StartException("can't read or make " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a small file that only the owner can read, whole or not at all. */
  void replace(String name, String text) throws IOException {
    Path next = root.resolve(name + ".new");
    Files.deleteIfExists(next);
    Files.createFile(next, OWNER_ONLY);
    Files.writeString(next, text);
    Files.move(next, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets the next process have it. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
