package io.cloudtask.center.config;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that configures a center.
 *
 * @param system the part that everybody may see
 * @param auth who may call the center API without a token
 * @param tls of both ports, and of calls to agents
 * @param tokenFile holds the cluster token
 * @param adminTokenFile holds the administrator's token, for the first start; may not exist
 * @param store where everything is kept that must never be wrong
 * @param notifications how people are told of events
 * @param directory for its own files
 */
public record CenterConfig(
    SystemConfig system,
    Admission auth,
    TlsFiles tls,
    Path tokenFile,
    Path adminTokenFile,
    StorePlace store,
    NotifySettings notifications,
    Path directory) {

  /** Where the center API listens: {@code api.hosts}, at least one. */
  public List<Listen> centerListens() {
    return listens(system.api());
  }

  /** Where the console listens: {@code console.hosts}, at least one. */
  public List<Listen> consoleListens() {
    return listens(system.console());
  }

  private static List<Listen> listens(SystemConfig.Addresses addresses) {
    return addresses.hosts().stream()
        .map(host -> Listen.parse(host).orElseThrow(() -> new IllegalStateException(host)))
        .toList();
  }

  /** Where the store is. */
  public sealed interface StorePlace {
    /** A file of this host, for one center alone. */
    record SqliteFile(Path file) implements StorePlace {}

    /**
     * A server, which several centers share.
     *
     * @param url of JDBC
     * @param password null when the server asks for none
     * @param poolSize connections at the most
     */
    record Postgres(String url, String user, @Nullable String password, int poolSize)
        implements StorePlace {
      /** Without the password. */
      @Override
      public String toString() {
        return "Postgres[" + url + ", " + user + "]";
      }
    }
  }
}
