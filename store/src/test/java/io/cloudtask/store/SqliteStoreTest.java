package io.cloudtask.store;

import org.junit.jupiter.api.Nested;

/** Holds the SQLite store to every contract. */
class SqliteStoreTest {
  @Nested
  class OfJobs extends JobsContract implements OnSqlite {}
}
