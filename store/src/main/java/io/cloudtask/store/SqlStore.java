package io.cloudtask.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store on any database whose dialect is that of the repositories. */
final class SqlStore implements Store {
  private final Database database;

  SqlStore(Database database) {
    this.database = database;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Tx, T> work) {
    return database.read(session -> work.apply(new SqlTx(session)));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Tx, T> work) {
    return database.write(session -> work.apply(new SqlTx(session)));
  }

  @Override
  public void close() {
    database.close();
  }
}
