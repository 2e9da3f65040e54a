package io.cloudtask.agent.packages;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a gzipped tar, entry by entry. */
final class TarUnpacker {
  private static final int BUFFER = 64 * 1024;

  private TarUnpacker() {}

  static void unpack(Path archive, UnpackTarget target) throws IOException {
    try (InputStream bytes = Files.newInputStream(archive);
        TarHeaderGuard guard =
            new TarHeaderGuard(
                new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(guard, StandardCharsets.UTF_8.name())) {
      guard.headerBegins();
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        guard.contentBegins();
        unpack(entry, tar, target);
        guard.headerBegins();
        entry = tar.getNextEntry();
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, UnpackTarget target)
      throws IOException {
    EntryPath path = EntryPath.of(entry.getName());
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      throw EntryPath.rejected(path.text(), "is a device or a pipe");
    } else if (entry.isSymbolicLink()) {
      target.symbolicLink(path, entry.getLinkName());
    } else if (entry.isLink()) {
      target.hardLink(path, EntryPath.of(entry.getLinkName()));
    } else if (entry.isDirectory()) {
      target.directory(path);
    } else if (entry.isFile()) {
      target.file(path, entry.getMode(), tar);
    } else {
      throw EntryPath.rejected(path.text(), "is neither a file, a directory nor a link");
    }
  }
}
