package io.cloudtask.agent.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes gzipped tars, hostile ones too. */
final class Tars {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  Tars() throws IOException {
    tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  Tars file(String name, int mode, String content) throws IOException {
    return file(name, mode, content.getBytes(StandardCharsets.UTF_8));
  }

  Tars file(String name, int mode, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  Tars zeros(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    byte[] block = new byte[1024 * 1024];
    for (long left = size; left > 0; left -= block.length) {
      tar.write(block, 0, (int) Math.min(left, block.length));
    }
    tar.closeArchiveEntry();
    return this;
  }

  /** What announces a long name; its content is the name of the next entry. */
  Tars longName(byte[] name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(name.length);
    tar.putArchiveEntry(entry);
    tar.write(name);
    tar.closeArchiveEntry();
    return this;
  }

  Tars symbolicLink(String name, String target) throws IOException {
    return special(name, TarConstants.LF_SYMLINK, target);
  }

  Tars hardLink(String name, String target) throws IOException {
    return special(name, TarConstants.LF_LINK, target);
  }

  /** An entry without content, of any type. */
  Tars special(String name, byte type, String link) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(link);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  byte[] bytes() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  Path in(Path directory) throws IOException {
    return Files.write(directory.resolve("archive.tar.gz"), bytes());
  }
}
