package io.cloudtask.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes many run rows at a time, in prepared batches. */
record RunTable(Handle handle) {
  private static final String INSERT =
      """
      INSERT INTO run (state, startedat, endedat, exitcode, signal, reason, presumed, runid, jobid,
        version, agentkey, cause, attempt, fireat, grantedat)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String UPDATE =
      """
      UPDATE run SET state = ?, startedat = ?, endedat = ?, exitcode = ?, signal = ?, reason = ?,
        presumed = ? WHERE runid = ?
      """;

  /** Those that are there, by id. */
  Map<String, RunRow> find(Collection<String> runids) {
    Map<String, RunRow> found = new HashMap<>();
    for (List<String> slice : Columns.slices(runids)) {
      List<String> some = Columns.padded(slice);
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
          statement.setString(9, run.jobid());
          statement.setLong(10, run.version());
          statement.setString(11, run.agentkey());
          statement.setString(12, run.trigger().name());
          statement.setInt(13, run.attempt());
          setLong(statement, 14, Columns.millis(run.fireat()));
          statement.setLong(15, run.grantedat().toEpochMilli());
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
    statement.setString(6, Columns.text(run.reason()));
    statement.setInt(7, Columns.flag(run.presumed()));
    statement.setString(8, run.runid());
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
      throw Columns.failed("%d runs can't be written".formatted(runs.size()), e);
    }
  }
}
