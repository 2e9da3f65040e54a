package io.cloudtask.agent.packages;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** Chooses how a package is unpacked, by its name. */
final class Archives {
  private static final int LONGEST_NAME = 255;

  private Archives() {}

  /** Whether a package may be called so: a plain file name that ends as an archive does. */
  static boolean isPackageName(String filename) {
    return filename.length() <= LONGEST_NAME
        && !filename.startsWith(".")
        && filename.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '/' && c != '\\')
        && (isTar(filename) || isZip(filename));
  }

  /**
   * Unpacks into an empty directory.
   *
   * @throws PackageRejectedException when the archive is broken, hostile or too big
   */
  static void unpack(String filename, Path archive, Path into, UnpackLimits limits)
      throws IOException {
    UnpackTarget target = new UnpackTarget(into, new UnpackBudget(limits, Files.size(archive)));
    try {
      if (isTar(filename)) {
        TarUnpacker.unpack(archive, target);
      } else {
        ZipUnpacker.unpack(archive, target);
      }
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      // The readers let IllegalArgumentException through for some damaged headers.
      throw new PackageRejectedException("the package is cut off or damaged: " + e.getMessage());
    }
  }

  private static boolean isTar(String filename) {
    String lower = filename.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }

  private static boolean isZip(String filename) {
    return filename.toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
