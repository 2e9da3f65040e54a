package io.cloudtask.agent.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.cloudtask.settings.SecretFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;

/** How files are opened for writing; a seam at which a full or failing disk is played. */
interface Disk {
  /** Only its owner reads what it makes: environments of jobs hold secrets. */
  Disk REAL = file -> FileChannel.open(file, Set.of(CREATE, READ, WRITE), SecretFiles.onlyOwner());

  /** Opens, and makes when it is not there. */
  FileChannel open(Path file) throws IOException;

  /** Makes names in a directory durable. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
