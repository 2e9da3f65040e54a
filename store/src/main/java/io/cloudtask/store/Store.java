package io.cloudtask.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The SQL store. Thread-safe. Writing transactions run one after another; reading ones run beside
 * them and see the state before or after a writing one, never between.
 *
 * <p>A function that is given to {@link #read} or {@link #write} should be short, must not wait for
 * anything else (a network, a lock) and must not call the store again: that throws {@link
 * IllegalStateException}. Whatever it throws rolls the transaction back and reaches the caller.
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
    return new SqlStore(SqliteDatabase.open(sqliteFile, clock));
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
