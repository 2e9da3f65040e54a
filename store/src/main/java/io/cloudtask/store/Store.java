package io.cloudtask.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The SQL store. Thread-safe. Reading transactions run beside writing ones and see the state before
 * or after one, never between. Writing transactions of a SQLite file run one after another. Those
 * of a PostgreSQL database run beside each other, also in several processes, and each call sees
 * what was committed before it; what a repository decides by it has locked, so that the decision
 * holds until the transaction ends. Who looks at something and decides by it locks it first ({@link
 * Jobs#lock}, {@link Leadership#holds}) or names the version that was seen.
 *
 * <p>A function that is given to {@link #read} or {@link #write} should be short, must not wait for
 * anything else (a network, a lock) and must not call the store again: that throws {@link
 * IllegalStateException}. It may be run more than once, and only the last time counts: it must have
 * no effect but on its transaction, and read no stream that was opened outside. Whatever it throws
 * rolls the transaction back and reaches the caller.
 *
 * <p>A call that throws {@link StoreException} changed nothing, with one exception: when the answer
 * to the commit is lost with the connection, nobody knows whether it was made, and the message says
 * so. Whoever calls therefore asks again, and asks so that twice has the effect of once: by a
 * version, a sequence, a key of the request, or a state that is reached already.
 */
public interface Store extends AutoCloseable {
  /**
   * Opens a SQLite file, makes it when it is not there, and brings its tables up to date. A
   * committed transaction survives a crash of the process and of the machine.
   *
   * @param clock of this host, which is the clock of the database then ({@link Tx#now})
   * @throws StoreException when the file can't be opened, is something else, or was written by a
   *     newer program
   */
  static Store open(Path sqliteFile, Clock clock) {
    return new SqlStore(SqliteDatabase.open(sqliteFile, clock, true));
  }

  /**
   * The same, for a caller that does one thing at a time: transactions run on its own thread. Not
   * thread-safe.
   */
  static Store openForOneThread(Path sqliteFile, Clock clock) {
    return new SqlStore(SqliteDatabase.open(sqliteFile, clock, false));
  }

  /**
   * Connects to a PostgreSQL database and brings its tables up to date. While the server is away
   * calls fail, each after the patience of the settings at the latest, and succeed again when it is
   * back.
   *
   * @throws StoreException when it can't be reached or used; the message says how to mend that
   */
  static Store connect(PostgresSettings settings) {
    return new SqlStore(PostgresDatabase.open(settings));
  }

  /** Looks something up. */
  <T extends @Nullable Object> T read(Function<Tx, T> work);

  /** Changes something; when this returns, the change is on the disk. */
  <T extends @Nullable Object> T write(Function<Tx, T> work);

  /** Changes something and has nothing to return. */
  default void execute(Consumer<Tx> work) {
    this.<@Nullable Object>write(tx -> {
      work.accept(tx);
      return null;
    });
  }

  /** Waits for the transactions that run, then closes the file. */
  @Override
  void close();
}
