package io.cloudtask.store;

import java.time.Duration;
import java.util.Locale;

/**
 * How a PostgreSQL database is reached.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's own options behind a
 *     {@code ?} when there are any, but without user and password
 * @param connections how many at the most, at least 3
 * @param patience for how long a call waits for a connection, and repeats itself when others were
 *     in its way, before it gives up; at least a second
 */
public record PostgresSettings(
    String url, String user, String password, int connections, Duration patience) {
  /** Fewer can't do reading and writing beside each other. */
  public static final int FEWEST_CONNECTIONS = 3;

  private static final String PREFIX = "jdbc:postgresql:";

  public PostgresSettings {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "the address of the database begins with "
              + PREFIX
              + "//, as in "
              + PREFIX
              + "//db.example.com:5432/cloudtask");
    }
    String options =
        url.contains("?") ? url.substring(url.indexOf('?')).toLowerCase(Locale.ROOT) : "";
    if (options.contains("password=") || options.contains("user=")) {
      throw new IllegalArgumentException(
          "the address of the database names a user or a password; give them apart from it");
    }
    if (connections < FEWEST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections is " + connections + "; at least " + FEWEST_CONNECTIONS + " are needed");
    }
    if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("patience is " + patience + "; it is a second at least");
    }
  }

  /** With 12 connections, and 10 s of patience. */
  public PostgresSettings(String url, String user, String password) {
    this(url, user, password, 12);
  }

  /** With 10 s of patience. */
  public PostgresSettings(String url, String user, String password, int connections) {
    this(url, user, password, connections, Duration.ofSeconds(10));
  }

  /** For messages: where the database is. */
  String name() {
    String rest = url.substring("jdbc:".length());
    return rest.contains("?") ? rest.substring(0, rest.indexOf('?')) : rest;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s as %s".formatted(name(), user);
  }
}
