package io.cloudtask.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file: one connection writes, a few read beside it (write-ahead log). Each commit is on
 * the disk before it returns (synchronous=FULL).
 */
final class SqliteDatabase implements Database {
  /** How long another process (a backup, a shell) may hold the file before we give up. */
  private static final String SIZE =
      "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

  private static final int BUSY_MILLIS = 10_000;

  private static final int READERS = 4;

  /** How long a call waits for its turn. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path file;
  private final Session.Dialect dialect;
  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final Jdbi writing;
  private final Jdbi reading;
  private final Lane writeLane = new Lane("store-writer", 1, PATIENCE);
  private final Lane readLane = new Lane("store-reader", READERS, PATIENCE);
  private final boolean laned;
  private boolean busy;

  private SqliteDatabase(
      Path file, Clock clock, boolean laned, HikariDataSource writer, HikariDataSource readers) {
    this.file = file;
    this.laned = laned;
    this.dialect =
        new Session.Dialect("", _ -> Instant.ofEpochMilli(clock.instant().toEpochMilli()), SIZE);
    this.writer = writer;
    this.readers = readers;
    this.writing = Jdbi.create(writer);
    this.reading = Jdbi.create(readers);
    if (!laned) {
      KeptStatements.use(writing);
      KeptStatements.use(reading);
    }
  }

  /**
   * Opens or makes a file and brings it up to date; see {@link Store#open}.
   *
   * @param laned false: transactions run on the thread that asks, of which there is one at a time
   */
  static SqliteDatabase open(Path file, Clock clock, boolean laned) {
    makePrivate(file);
    HikariDataSource writer = null;
    try {
      writer = pool(file, "store-writer", 1, SQLiteConfig.TransactionMode.IMMEDIATE, false);
      Schema.migrate(
          writer,
          file.toString(),
          Map.of("blob", "BLOB", "clustered", "WITHOUT ROWID"),
          "classpath:io/cloudtask/store/migration");
      HikariDataSource readers =
          pool(file, "store-reader", READERS, SQLiteConfig.TransactionMode.DEFERRED, true);
      return new SqliteDatabase(file, clock, laned, writer, readers);
    } catch (RuntimeException e) {
      if (writer != null) {
        writer.close();
      }
      throw e instanceof StoreException ? e : cannotOpen(file, e);
    }
  }

  private static StoreException cannotOpen(Path file, RuntimeException e) {
    String hint =
        e instanceof FlywayException
            ? "is it a file of another program, or from an unfinished test version?"
            : "check that it is a Cloudtask store, that its folder is writable, and that the disk"
                + " has room";
    return new StoreException(
        "the store %s can't be opened: %s; %s".formatted(file, rootMessage(e), hint), e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  /** Makes the file before SQLite does, because it holds what only its owner should read. */
  private static void makePrivate(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw new StoreException("the store %s can't be made: %s".formatted(file, e), e);
    }
  }

  private static HikariDataSource pool(
      Path file, String name, int size, SQLiteConfig.TransactionMode mode, boolean queryOnly) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setBusyTimeout(BUSY_MILLIS);
    sqlite.enforceForeignKeys(true);
    sqlite.setTransactionMode(mode);
    sqlite.setCacheSize(-16 * 1024);
    SQLiteDataSource source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    if (queryOnly) {
      config.setConnectionInitSql("PRAGMA query_only = 1");
    }
    return new HikariDataSource(config);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Session, T> work) {
    return laned ? readLane.run(() -> transaction(reading, work)) : here(reading, work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Session, T> work) {
    return laned ? writeLane.run(() -> transaction(writing, work)) : here(writing, work);
  }

  private <T extends @Nullable Object> T here(Jdbi jdbi, Function<Session, T> work) {
    if (busy) {
      throw new IllegalStateException("a transaction must not call the store again");
    }
    busy = true;
    try {
      return transaction(jdbi, work);
    } catch (SQLException e) {
      throw new StoreException("the store failed: " + e.getMessage(), e);
    } finally {
      busy = false;
    }
  }

  private <T extends @Nullable Object> T transaction(Jdbi jdbi, Function<Session, T> work)
      throws SQLException {
    try {
      return jdbi.inTransaction(handle -> {
        Session session = new Session(handle, dialect);
        T result = work.apply(session);
        session.finish();
        return result;
      });
    } catch (JdbiException e) {
      throw new StoreException("the store %s failed: %s".formatted(file, rootMessage(e)), e);
    }
  }

  @Override
  public void close() {
    readLane.close();
    writeLane.close();
    readers.close();
    writer.close();
  }
}
