package io.cloudtask.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small files that only their owner may read. */
public final class SecretFiles {
  private SecretFiles() {}

  /**
   * Reads one.
   *
   * @return what it holds, without white space around it
   * @throws ConfigException when it can't be read, is empty, or can be read by everybody
   */
  public static String read(Path file) throws ConfigException {
    try {
      if (permissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new ConfigException(
            file + " can be read by every user of this host: chmod 600 " + file);
      }
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new ConfigException(file + " is empty");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + " is not there");
    } catch (IOException e) {
      throw new ConfigException(file + " can't be read: " + FileFaults.words(e));
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    return isPosix() ? Files.getPosixFilePermissions(file) : Set.of();
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /** Writes it whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path temporary = Files.createTempFile(absolute.getParent(), ".new-", null, onlyOwner());
    try {
      Files.writeString(temporary, text);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes a directory, and those above it, that only the owner may look into. */
  public static Path directory(Path directory) throws IOException {
    return Files.createDirectories(directory, permitting("rwx------"));
  }

  /** What makes a new file one that only its owner may read. */
  public static FileAttribute<?>[] onlyOwner() {
    return permitting("rw-------");
  }

  private static FileAttribute<?>[] permitting(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
