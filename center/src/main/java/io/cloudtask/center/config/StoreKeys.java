package io.cloudtask.center.config;

import io.cloudtask.center.config.CenterConfig.StorePlace;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.SecretFiles;
import io.cloudtask.settings.Settings;
import io.cloudtask.store.PostgresSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of the section {@code store}. */
final class StoreKeys {
  private static final String POSTGRES = "jdbc:postgresql://";
  private static final Pattern NAMES_USER =
      Pattern.compile("[?&](user|password)=", Pattern.CASE_INSENSITIVE);
  private static final String FILE = "cloudtask.db";
  private static final String ALLOWED =
      "the path of a SQLite file, or jdbc:postgresql://HOST:PORT/DATABASE";

  private final Settings settings;

  StoreKeys(Settings settings) {
    this.settings = settings;
  }

  /**
   * Where the store is.
   *
   * @param directory of the center, which has the SQLite file unless the url says otherwise
   * @param kind that is meant; "" for any
   */
  StorePlace place(Path directory, String kind) {
    String url =
        settings.matching(
            "store.url", "", "|jdbc:postgresql://[^\\s?]+(\\?\\S*)?|(?!\\w+:).+", ALLOWED);
    String user = settings.text("store.user", "");
    String password = settings.secret("store.password");
    String passwordFile = settings.text("store.passwordfile", "");
    int poolSize =
        (int) settings.number("store.poolsize", 12, PostgresSettings.FEWEST_CONNECTIONS, 200);
    if (NAMES_USER.matcher(url).find()) {
      settings.problem(
          "store.url",
          "names a user or a password; give them as store.user and store.passwordfile");
    }
    StorePlace place =
        url.startsWith(POSTGRES)
            ? new StorePlace.Postgres(url, user, password(password, passwordFile), poolSize)
            : new StorePlace.SqliteFile(url.isEmpty() ? directory.resolve(FILE) : Path.of(url));
    if (place instanceof StorePlace.SqliteFile) {
      refuseForFile();
    }
    String found = place instanceof StorePlace.SqliteFile ? "sqlite" : "postgresql";
    if (!kind.isEmpty() && !kind.equals(found)) {
      settings.problem(
          "cache.storagedriver",
          "is %s, but store.url names a store of the kind %s".formatted(kind, found));
    }
    return place;
  }

  private @Nullable String password(String written, String file) {
    if (file.isEmpty()) {
      return written.isEmpty() ? null : written;
    }
    if (!written.isEmpty()) {
      settings.problem("store.passwordfile", "is there beside store.password; keep one of them");
    }
    try {
      return SecretFiles.read(Path.of(file));
    } catch (ConfigException e) {
      settings.problem("store.passwordfile", "can't be used: " + e.getMessage());
      return null;
    }
  }

  private void refuseForFile() {
    for (String key : List.of("store.user", "store.password", "store.passwordfile")) {
      if (settings.has(key)) {
        settings.problem(key, "is for a store.url that begins with " + POSTGRES);
      }
    }
  }
}
