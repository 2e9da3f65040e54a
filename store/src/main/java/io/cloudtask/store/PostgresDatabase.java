package io.cloudtask.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, shared with other centers. Reading transactions see one snapshot
 * (repeatable read). Writing ones run beside each other at read committed and lock the rows that
 * they decide by, agents before jobs; one that collides with another is run again.
 */
final class PostgresDatabase implements Database {
  /**
   * A connection whose transaction does nothing for a while is ended by the server: a center that
   * is frozen in the middle of one must not keep its locks. Nothing here waits for ever.
   */
  private static final String LIMITS =
      """
      SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '10s';
      SET statement_timeout = '30s'; SET synchronous_commit = on\
      """;

  private static final int ATTEMPTS = 20;

  private static final Session.Dialect DIALECT =
      new Session.Dialect(
          " FOR NO KEY UPDATE",
          PostgresDatabase::clock,
          "SELECT pg_database_size(current_database())");

  private final PostgresSettings settings;
  private final Session.Dialect dialect;
  private final HikariDataSource writer;
  private final HikariDataSource reader;
  private final Jdbi jdbi;
  private final Lane writeLane;
  private final Lane readLane;

  private PostgresDatabase(PostgresSettings settings, Session.Dialect dialect) {
    int readers = settings.connections() / 3;
    int writers = settings.connections() - readers;
    this.settings = settings;
    this.dialect = dialect;
    this.writer = pool(settings, "store-writer", writers, false);
    this.reader = pool(settings, "store-reader", readers, true);
    this.jdbi = Jdbi.create(writer);
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    this.writeLane = new Lane("store-writer", writers, settings.patience());
    this.readLane = new Lane("store-reader", readers, settings.patience());
  }

  /** Opens a database and brings it up to date; see {@link Store#connect}. */
  static PostgresDatabase open(PostgresSettings settings) {
    PostgresOpening.prepare(settings);
    return prepared(settings, DIALECT.clock());
  }

  /** One that is up to date, by a clock that may be another than its own. */
  static PostgresDatabase prepared(PostgresSettings settings, Function<Handle, Instant> clock) {
    return new PostgresDatabase(
        settings, new Session.Dialect(DIALECT.lock(), clock, DIALECT.size()));
  }

  private static Instant clock(Handle handle) {
    return Instant.ofEpochMilli(
        handle
            .select("SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)")
            .mapTo(Long.class)
            .one());
  }

  private static HikariDataSource pool(
      PostgresSettings settings, String name, int size, boolean readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(PostgresOpening.source(settings));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setValidationTimeout(Math.min(5_000, settings.patience().toMillis()));
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(LIMITS);
    config.setIsolateInternalQueries(true); // or the limits would go with the first rollback
    config.setAutoCommit(false);
    config.setReadOnly(readOnly);
    config.setTransactionIsolation(
        readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Session, T> work) {
    return readLane.run(() -> attempts(reader, work));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Session, T> work) {
    return writeLane.run(() -> attempts(writer, work));
  }

  private <T extends @Nullable Object> T attempts(
      HikariDataSource pool, Function<Session, T> work) {
    long end = System.nanoTime() + settings.patience().toNanos();
    for (int attempt = 1; ; attempt++) {
      Attempt now = new Attempt();
      try {
        return transaction(pool, work, now);
      } catch (SQLException | RuntimeException e) {
        boolean again = attempt < ATTEMPTS && System.nanoTime() < end && now.mayRepeat(e, attempt);
        if (!again) {
          throw translated(e, now);
        }
        pause(attempt);
      }
    }
  }

  /** How far one attempt came. */
  private static final class Attempt {
    boolean connected;
    boolean committing;

    /**
     * What failed while it was committed may be there; what failed before is not. A connection that
     * turns out to be dead, after a restart of the server say, is replaced once.
     */
    boolean mayRepeat(Exception e, int attempt) {
      if (e instanceof TryAgainException) {
        return true;
      }
      PostgresFault fault = PostgresFault.of(e);
      return fault != null
          && (fault.collision() || (fault.away() && connected && !committing && attempt == 1));
    }
  }

  private <T extends @Nullable Object> T transaction(
      HikariDataSource pool, Function<Session, T> work, Attempt attempt) throws SQLException {
    try (Connection connection = pool.getConnection();
        Handle handle = jdbi.open(connection)) {
      attempt.connected = true;
      boolean done = false;
      Session session = new Session(handle, dialect);
      try {
        T result = work.apply(session);
        session.finish();
        attempt.committing = true;
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback(connection);
        }
      }
    }
  }

  /** What made it necessary is what is told. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      System.getLogger(PostgresDatabase.class.getName())
          .log(System.Logger.Level.DEBUG, "A transaction could not be rolled back", e);
    }
  }

  /** Short, and of no fixed length, so that two that collided do not meet again. */
  private static void pause(int attempt) {
    long longest = TimeUnit.MILLISECONDS.toNanos(Math.min(100, 2L << attempt));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
  }

  private RuntimeException translated(Exception e, Attempt attempt) {
    PostgresFault fault = PostgresFault.of(e);
    boolean ours = e instanceof SQLException || e instanceof JdbiException;
    if (fault == null || !(ours || e instanceof StoreException)) {
      return e instanceof RuntimeException known ? known : new StoreException("" + e, e);
    }
    String unknown =
        attempt.committing && fault.away()
            ? "; whether the change was made is not known, and asking for it again does no harm"
            : "";
    String remedy = fault.remedy().isEmpty() ? "" : "; " + fault.remedy();
    return new StoreException(
        "the store %s failed: %s%s%s".formatted(settings.name(), fault.message(), remedy, unknown),
        e,
        fault.away());
  }

  @Override
  public void close() {
    readLane.close();
    writeLane.close();
    reader.close();
    writer.close();
  }
}
