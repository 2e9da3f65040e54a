package io.cloudtask.benchmarks.ingest;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/**
 * The yardstick: the rows that a batch leaves behind, written by a program that does nothing else,
 * one JDBC batch for each table and one commit. Confined to a thread.
 */
final class ByHand implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement runs;
  private final PreparedStatement outputs;

  /**
   * @param setup a statement for the connection, such as a PRAGMA; "" for none
   */
  ByHand(Connection connection, String setup) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      if (!setup.isEmpty()) {
        statement.execute(setup);
      }
    }
    connection.setAutoCommit(false);
    runs =
        connection.prepareStatement(
            """
            INSERT INTO run (runid, jobid, version, agentkey, state, cause, attempt, fireat, grantedat,
              startedat, endedat, exitcode, signal, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    outputs =
        connection.prepareStatement(
            "INSERT INTO output (runid, stream, size, cutfrom, cutto, data) VALUES (?, ?, ?, ?, ?,"
                + " ?)");
  }

  void write(String agentkey, ReportBatch batch) throws SQLException {
    for (Report report : batch.reports()) {
      if (report.fact() instanceof Fact.Granted granted) {
        add(agentkey, granted);
      }
    }
    runs.executeBatch();
    for (RunOutput output : batch.outputs()) {
      outputs.setString(1, output.runid());
      outputs.setString(2, output.stream());
      outputs.setLong(3, output.size());
      outputs.setLong(4, output.cutfrom());
      outputs.setLong(5, output.cutto());
      outputs.setBytes(6, output.data());
      outputs.addBatch();
    }
    outputs.executeBatch();
    connection.commit();
  }

  private void add(String agentkey, Fact.Granted granted) throws SQLException {
    long at = granted.grantedat().toEpochMilli();
    runs.setString(1, granted.runid());
    runs.setString(2, granted.jobid());
    runs.setLong(3, granted.version());
    runs.setString(4, agentkey);
    runs.setString(5, "SUCCEEDED");
    runs.setString(6, granted.trigger().name());
    runs.setInt(7, granted.attempt());
    runs.setLong(8, at - 1);
    runs.setLong(9, at);
    runs.setLong(10, at + 1);
    runs.setLong(11, at + 49);
    runs.setInt(12, 0);
    runs.setNull(13, Types.INTEGER);
    runs.setString(14, "");
    runs.addBatch();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
