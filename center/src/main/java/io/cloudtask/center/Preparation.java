package io.cloudtask.center;

import io.cloudtask.center.notify.ManagedRules;
import io.cloudtask.center.notify.SigningSecrets;
import io.cloudtask.center.secrets.Secrets;
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

  /** Makes the runtime when it is not there, and sees to tokens, rules and their secrets. */
  static void store(CenterSettings settings, Store store, Instant now) {
    String runtime = settings.self().runtime();
    if (!runtime.isEmpty()) {
      store.execute(tx -> {
        if (tx.runtimes().find(runtime).isEmpty()) {
          tx.runtimes().create(runtime, "", List.of(), now);
        }
      });
    }
    new SigningSecrets(new Secrets(settings.secrets().clusterToken())).keep(store);
    ManagedRules.keep(store, settings.notifications(), now);
    AdministratorToken.keep(store, settings.secrets().admin(), now);
  }

  /** A directory for uploads, emptied of those that an earlier process did not finish. */
  static Path uploads(CenterSettings settings) {
    Path directory = settings.data().resolve(UPLOADS);
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
