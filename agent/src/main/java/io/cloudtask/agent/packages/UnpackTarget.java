package io.cloudtask.agent.packages;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The directory that an archive is unpacked into. Nothing is ever written through a link: each
 * directory above an entry is looked at without following. Not thread-safe.
 */
final class UnpackTarget {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path root;
  private final UnpackBudget budget;
  private final byte[] buffer = new byte[64 * 1024];

  UnpackTarget(Path root, UnpackBudget budget) {
    this.root = root;
    this.budget = budget;
  }

  int maxEntries() {
    return budget.maxEntries();
  }

  /** Makes a directory and those above it. */
  void directory(EntryPath entry) throws IOException {
    if (!made(entry)) {
      // It costs nothing but time, of which an archive of nothing else could take any amount.
      budget.addEntry();
    }
  }

  /** Makes what is missing of a path, each directory an entry; says whether anything was. */
  private boolean made(EntryPath entry) throws IOException {
    boolean made = false;
    Path path = root;
    for (String part : entry.parts()) {
      path = path.resolve(part);
      if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
        continue;
      }
      if (Files.exists(path, NOFOLLOW_LINKS)) {
        throw EntryPath.rejected(entry.text(), "lies below something that is not a directory");
      }
      budget.addEntry();
      Files.createDirectory(path);
      made = true;
    }
    return made;
  }

  /**
   * Writes a file; a later entry of the same name replaces an earlier one, as tar has it.
   *
   * @param mode permission bits; set-user-id, set-group-id, sticky and write access for others are
   *     dropped
   */
  void file(EntryPath entry, int mode, InputStream content) throws IOException {
    Path path = place(entry);
    try (OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int count = content.read(buffer);
      while (count >= 0) {
        budget.addBytes(count);
        out.write(buffer, 0, count);
        count = content.read(buffer);
      }
    }
    if (POSIX) {
      Files.setPosixFilePermissions(path, permissions(mode));
    }
  }

  /** Makes a symbolic link that stays within the root. */
  void symbolicLink(EntryPath entry, String target) throws IOException {
    entry.checkLinkTarget(target);
    Files.createSymbolicLink(place(entry), Path.of(target));
  }

  /** Makes a second name for a file of the same archive. */
  void hardLink(EntryPath entry, EntryPath existing) throws IOException {
    Path path = place(entry);
    Path source = existing.below(root);
    if (!insideRealDirectories(existing) || !Files.isRegularFile(source, NOFOLLOW_LINKS)) {
      throw EntryPath.rejected(
          entry.text(), "is a hard link to something that is not a file of the package");
    }
    Files.createLink(path, source);
  }

  private Path place(EntryPath entry) throws IOException {
    if (entry.isRoot()) {
      throw EntryPath.rejected(".", "would replace the work directory");
    }
    var _ = made(entry.parent());
    budget.addEntry();
    Path path = entry.below(root);
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      throw EntryPath.rejected(entry.text(), "would replace a directory of the package");
    }
    Files.deleteIfExists(path);
    return path;
  }

  private boolean insideRealDirectories(EntryPath entry) {
    Path path = root;
    for (String part : entry.isRoot() ? entry.parts() : entry.parent().parts()) {
      path = path.resolve(part);
      if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> result =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    grant(result, mode, 0100, PosixFilePermission.OWNER_EXECUTE);
    grant(result, mode, 0040, PosixFilePermission.GROUP_READ);
    grant(result, mode, 0010, PosixFilePermission.GROUP_EXECUTE);
    grant(result, mode, 0004, PosixFilePermission.OTHERS_READ);
    grant(result, mode, 0001, PosixFilePermission.OTHERS_EXECUTE);
    return result;
  }

  private static void grant(
      Set<PosixFilePermission> to, int mode, int bit, PosixFilePermission permission) {
    if ((mode & bit) != 0) {
      to.add(permission);
    }
  }
}
