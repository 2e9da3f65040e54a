package io.cloudtask.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the statements of a connection for the next transaction: SQLite plans one again each time
 * it is prepared, which takes longer than carrying out a short one. Not thread-safe.
 */
final class KeptStatements implements StatementBuilder {
  /** Of each connection; the texts of queries with many arguments differ. */
  private static final int MOST = 200;

  private final StatementBuilder otherwise = new DefaultStatementBuilder();
  private final SQLiteConnection connection;
  private final LinkedHashMap<String, PreparedStatement> idle =
      new LinkedHashMap<>(16, 0.75f, true);

  private KeptStatements(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** From now on statements are kept; connections must last as long as their pool. */
  static void use(Jdbi jdbi) {
    Map<SQLiteConnection, KeptStatements> kept = new IdentityHashMap<>();
    jdbi.setStatementBuilderFactory(pooled -> {
      try {
        return kept.computeIfAbsent(pooled.unwrap(SQLiteConnection.class), KeptStatements::new);
      } catch (SQLException e) {
        throw new StoreException("not a connection to a SQLite file", e);
      }
    });
  }

  @Override
  public PreparedStatement create(Connection pooled, String sql, StatementContext context)
      throws SQLException {
    if (context.isReturningGeneratedKeys()) {
      return otherwise.create(pooled, sql, context);
    }
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? connection.prepareStatement(sql) : kept;
  }

  @Override
  public void close(Connection pooled, String sql, Statement statement) throws SQLException {
    if (!(statement instanceof PreparedStatement prepared)
        || statement.getConnection() != connection
        || idle.containsKey(sql)) {
      statement.close();
      return;
    }
    prepared.clearBatch();
    idle.put(sql, prepared);
    if (idle.size() > MOST) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  @Override
  public Statement create(Connection pooled, StatementContext context) throws SQLException {
    return otherwise.create(pooled, context);
  }

  @Override
  public CallableStatement createCall(Connection pooled, String sql, StatementContext context)
      throws SQLException {
    return otherwise.createCall(pooled, sql, context);
  }
}
