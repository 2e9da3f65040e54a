package io.cloudtask.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes many rows with few statements: the new values are a table {@code v} of its own, with the
 * columns {@code column1}, {@code column2} and so on, as both databases name them.
 *
 * @param sql with {@code %s} where that table stands
 * @param types of the columns: {@link Types#VARCHAR} or {@link Types#BIGINT}
 */
record BulkUpdate(Handle handle, String sql, int... types) {
  /** Locks rows in the order in which they come. */
  void execute(List<@Nullable Object[]> rows) {
    for (List<@Nullable Object[]> some : Columns.slices(rows)) {
      write(Columns.padded(some));
    }
  }

  private void write(List<@Nullable Object[]> rows) {
    String row = "(" + Columns.marks(types.length) + ")";
    String table = "(VALUES " + String.join(", ", Collections.nCopies(rows.size(), row)) + ") AS v";
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(sql.formatted(table))) {
      int position = 1;
      for (@Nullable Object[] values : rows) {
        for (int column = 0; column < types.length; column++) {
          set(statement, position++, values[column], types[column]);
        }
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw Columns.failed("%d rows can't be changed".formatted(rows.size()), e);
    }
  }

  private static void set(
      PreparedStatement statement, int position, @Nullable Object value, int type)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(position, type);
      case Long number -> statement.setLong(position, number);
      default -> statement.setString(position, value.toString());
    }
  }
}
