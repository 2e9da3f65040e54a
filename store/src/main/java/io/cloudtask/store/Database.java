package io.cloudtask.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database with its tables up to date; how its transactions are run is its own affair. */
interface Database extends AutoCloseable {
  /** Runs a reading transaction. */
  <T extends @Nullable Object> T read(Function<Session, T> work);

  /** Runs a writing transaction; durable on return. */
  <T extends @Nullable Object> T write(Function<Session, T> work);

  @Override
  void close();
}
