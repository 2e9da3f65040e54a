package io.cloudtask.center;

import io.cloudtask.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What has to be there before a center serves. */
final class Preparation {
  private static final String UPLOADS = "uploads";

  private Preparation() {}

  /** Makes the runtime when it is not there, and the administrator's token the one that counts. */
  static void store(CenterConfig config, Store store, Instant now) {
    store.execute(tx -> {
      if (tx.runtimes().find(config.runtime()).isEmpty()) {
        tx.runtimes().create(config.runtime(), "", List.of(), now);
      }
    });
    new StoredTokens(store).saveAdmin(config.adminToken(), now);
  }

  /** A directory for uploads, emptied of those that an earlier process did not finish. */
  static Path uploads(CenterConfig config) {
    Path directory = config.data().resolve(UPLOADS);
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("can't prepare the directory for uploads, " + directory, e);
    }
  }
}
