package io.cloudtask.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes many run rows at a time, in prepared batches. */
record RunTable(Handle handle) {
  /** Well below the number of parameters that any database takes. */
  private static final int AT_ONCE = 500;

  private static final String INSERT =
      """
      INSERT INTO run (state, startedat, endedat, exitcode, signal, reason, runid, jobid, version,
        agentkey, cause, attempt, fireat, grantedat)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE run SET state = ?, startedat = ?, endedat = ?, exitcode = ?, signal = ?, reason = ?
      WHERE runid = ?
      """;

  /** Those that are there, by id. */
  Map<String, RunRow> find(Collection<String> runids) {
    Map<String, RunRow> found = new HashMap<>();
    List<String> ids = new ArrayList<>(runids);
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      handle
          .select(
              "SELECT * FROM run WHERE runid IN (" + Columns.marks(some.size()) + ")",
              some.toArray())
          .map((row, context) -> RunRow.map(row))
          .forEach(run -> found.put(run.runid(), run));
    }
    return found;
  }

  void insert(Collection<RunRow> runs) {
    batch(
        INSERT,
        runs,
        (statement, run) -> {
          setState(statement, run);
          statement.setString(8, run.jobid());
          statement.setLong(9, run.version());
          statement.setString(10, run.agentkey());
          statement.setString(11, run.trigger().name());
          statement.setInt(12, run.attempt());
          setLong(statement, 13, Columns.millis(run.fireat()));
          statement.setLong(14, run.grantedat().toEpochMilli());
        });
  }

  void update(Collection<RunRow> runs) {
    batch(UPDATE, runs, RunTable::setState);
  }

  private static void setState(PreparedStatement statement, RunRow run) throws SQLException {
    statement.setString(1, run.state().name());
    setLong(statement, 2, Columns.millis(run.startedat()));
    setLong(statement, 3, Columns.millis(run.endedat()));
    setInt(statement, 4, run.exitcode());
    setInt(statement, 5, run.signal());
    statement.setString(6, run.reason());
    statement.setString(7, run.runid());
  }

  private static void setLong(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value);
    }
  }

  private static void setInt(PreparedStatement statement, int index, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setInt(index, value);
    }
  }

  private interface Setter {
    void set(PreparedStatement statement, RunRow run) throws SQLException;
  }

  private void batch(String sql, Collection<RunRow> runs, Setter setter) {
    if (runs.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (RunRow run : runs) {
        setter.set(statement, run);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new StoreException(
          "%d runs can't be written: %s".formatted(runs.size(), e.getMessage()), e);
    }
  }
}
