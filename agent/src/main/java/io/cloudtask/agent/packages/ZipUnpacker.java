package io.cloudtask.agent.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks a zip by its central directory, which alone knows permissions and links. */
final class ZipUnpacker {
  private static final int LONGEST_LINK = 4096;

  private ZipUnpacker() {}

  static void unpack(Path archive, UnpackTarget target) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(archive);
        ZipFile zip = open(channel, target.maxEntries())) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        unpack(entries.nextElement(), zip, target);
      }
    }
  }

  private static ZipFile open(SeekableByteChannel channel, int maxEntries) throws IOException {
    ZipDirectoryGuard guard = new ZipDirectoryGuard(channel, maxEntries);
    try {
      // For the fields that may name an entry once more, the reader keeps entries of one name in a
      // table that takes hours to fill. Names without them are read as UTF-8 too.
      ZipFile zip =
          ZipFile.builder().setSeekableByteChannel(guard).setUseUnicodeExtraFields(false).get();
      guard.opened();
      return zip;
    } catch (IOException e) {
      // The reader wraps what it meets into "Error reading Zip content".
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof PackageRejectedException rejected
          ? rejected
          : new PackageRejectedException(
              "the package is cut off or damaged: " + cause.getMessage());
    }
  }

  private static void unpack(ZipArchiveEntry entry, ZipFile zip, UnpackTarget target)
      throws IOException {
    EntryPath path = EntryPath.of(entry.getName());
    if (!zip.canReadEntryData(entry)) {
      throw EntryPath.rejected(path.text(), "is encrypted, or compressed in an unknown way");
    }
    int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
    if (type == UnixStat.LINK_FLAG) {
      target.symbolicLink(path, linkTarget(entry, zip));
    } else if (entry.isDirectory()) {
      target.directory(path);
    } else if (type == 0 || type == UnixStat.FILE_FLAG) {
      try (InputStream content = zip.getInputStream(entry)) {
        target.file(path, mode(entry), content);
      }
    } else {
      throw EntryPath.rejected(path.text(), "is neither a file, a directory nor a link");
    }
  }

  private static int mode(ZipArchiveEntry entry) {
    int mode = entry.getUnixMode();
    return mode == 0 ? UnixStat.DEFAULT_FILE_PERM : mode;
  }

  private static String linkTarget(ZipArchiveEntry entry, ZipFile zip) throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      return new String(content.readNBytes(LONGEST_LINK), StandardCharsets.UTF_8);
    }
  }
}
