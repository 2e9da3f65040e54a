package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real store, on a file in memory where the machine has such files. It is opened once and
 * emptied between worlds, because to open one costs more than a whole world. Beside it a way past
 * it, for those who check it from outside and for mutants.
 */
public final class SharedStore implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** What a person would find in a new store as well. */
  private static final Set<String> KEPT = Set.of("flyway_schema_history", "sqlite_sequence");

  /** Reads one row. */
  public interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final Path directory;
  private final TimelineClock clock = new TimelineClock();
  private final Store store;
  private final Connection past;
  private final List<String> tables;

  /** Makes one in a new directory, which goes with it. */
  public SharedStore() {
    try {
      directory =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "cloudtask-simulation-")
              : Files.createTempDirectory("cloudtask-simulation-");
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for the store", e);
    }
    Path file = directory.resolve("store.db");
    store = Store.openForOneThread(file, clock);
    try {
      past = DriverManager.getConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw failed("opened", e);
    }
    tables =
        rows("SELECT name FROM sqlite_master WHERE type = 'table'", row -> row.getString(1))
            .stream()
            .filter(table -> !KEPT.contains(table))
            .toList();
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** Removes every row; from now on it goes by this timeline. */
  public void begin(Timeline timeline) {
    clock.timeline = timeline;
    try (Statement statement = past.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("BEGIN");
      for (String table : tables) {
        statement.execute("DELETE FROM " + table);
      }
      statement.execute("COMMIT");
    } catch (SQLException e) {
      throw failed("emptied", e);
    }
  }

  /** Reads, past the store. */
  public <T> List<T> rows(String sql, Row<T> row) {
    try (Statement statement = past.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.of(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failed("read with " + sql, e);
    }
  }

  /** A number that is another one after each transaction of the store that changed anything. */
  long version() {
    return rows("PRAGMA data_version", row -> row.getLong(1)).getFirst();
  }

  /** Changes, past the store. */
  public void change(String sql, @Nullable Object... arguments) {
    try (Statement statement = past.createStatement()) {
      statement.execute(String.format(Locale.ROOT, sql, arguments));
    } catch (SQLException e) {
      throw failed("changed with " + sql, e);
    }
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("the store of the world could not be " + what, e);
  }

  @Override
  public void close() {
    store.close();
    try {
      past.close();
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(directory);
    } catch (SQLException e) {
      throw failed("closed", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the store's directory could not be removed", e);
    }
  }

  /** The clock of the database, which is right by definition. */
  private static final class TimelineClock extends Clock {
    private @Nullable Timeline timeline;

    @Override
    public Instant instant() {
      return timeline == null ? Timeline.BEGIN : timeline.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("databases keep milliseconds, no zones");
    }
  }
}
