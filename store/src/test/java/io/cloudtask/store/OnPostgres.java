package io.cloudtask.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

interface OnPostgres extends Opener {
  @Override
  default Store open(Path folder, Clock clock) {
    return new SqlStore(
        PostgresDatabase.prepared(
            Postgres.prepared(folder), _ -> Instant.ofEpochMilli(clock.millis())));
  }

  @AfterEach
  default void releaseDatabases() {
    Postgres.release();
  }
}
