package io.cloudtask.benchmarks.outside;

import io.cloudtask.model.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs of the last thirty days, as many of each job; one in fifty failed. */
record History(List<String> jobs) {
  private static final Duration LENGTH = Duration.ofDays(30);
  private static final int BATCH = 10_000;

  /** Writes them into the tables of a store that nobody else uses. */
  static History write(Connection store, int runs) throws SQLException {
    List<String> jobs = new ArrayList<>();
    try (Statement statement = store.createStatement();
        ResultSet rows = statement.executeQuery("SELECT jobid FROM job ORDER BY jobid")) {
      while (rows.next()) {
        jobs.add(rows.getString(1));
      }
    }
    String agent = agent(store);
    Instant begin = Instant.now().minus(LENGTH);
    long step = LENGTH.minusHours(1).toMillis() / runs;
    store.setAutoCommit(false);
    try (PreparedStatement insert =
        store.prepareStatement(
            """
            INSERT INTO run (runid, jobid, version, agentkey, state, cause, attempt, fireat,
              grantedat, startedat, endedat, exitcode, signal, reason)
            VALUES (?, ?, 1, ?, ?, 'SCHEDULE', 1, ?, ?, ?, ?, ?, NULL, ?)\
            """)) {
      for (int i = 0; i < runs; i++) {
        add(insert, jobs.get(i % jobs.size()), agent, begin.plusMillis(i * step), i % 50 == 49);
        if (i % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      store.commit();
    }
    store.setAutoCommit(true);
    return new History(List.copyOf(jobs));
  }

  private static String agent(Connection store) throws SQLException {
    try (Statement statement = store.createStatement();
        ResultSet rows = statement.executeQuery("SELECT agentkey FROM agent")) {
      if (!rows.next()) {
        throw new SQLException("the store knows no agent");
      }
      return rows.getString(1);
    }
  }

  private static void add(
      PreparedStatement insert, String job, String agent, Instant at, boolean failed)
      throws SQLException {
    long millis = at.toEpochMilli();
    insert.setString(1, Ids.scheduledRunId(job, at, 1));
    insert.setString(2, job);
    insert.setString(3, agent);
    insert.setString(4, failed ? "FAILED" : "SUCCEEDED");
    insert.setLong(5, millis);
    insert.setLong(6, millis + 1);
    insert.setLong(7, millis + 3);
    insert.setLong(8, millis + 900);
    insert.setInt(9, failed ? 1 : 0);
    insert.setString(10, failed ? "exit code 1" : "");
    insert.addBatch();
  }

  /** A hundred jobs. */
  List<String> some(Random random) {
    return random.ints(100, 0, jobs.size()).mapToObj(jobs::get).toList();
  }
}
