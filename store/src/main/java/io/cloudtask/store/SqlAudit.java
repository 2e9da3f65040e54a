package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlAudit(Handle handle) implements Audit {
  private record Numbered(String id, AuditRow row) {}

  @Override
  public void add(AuditRow row) {
    handle.execute(
        """
        INSERT INTO audit (id, doneat, who, what, object, detail, origin) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        TimeOrderedId.next(row.at()),
        row.at().toEpochMilli(),
        row.who(),
        row.what(),
        row.object(),
        row.detail(),
        row.origin());
  }

  @Override
  public Page<AuditRow> list(@Nullable String object, int limit, @Nullable String after) {
    StringBuilder sql = new StringBuilder("SELECT * FROM audit WHERE 1 = 1");
    List<Object> arguments = new ArrayList<>();
    if (object != null) {
      sql.append(" AND object = ?");
      arguments.add(object);
    }
    if (after != null) {
      sql.append(" AND id < ?");
      arguments.add(after);
    }
    sql.append(" ORDER BY id DESC LIMIT ").append(limit + 1);
    List<Numbered> rows =
        handle
            .select(sql.toString(), arguments.toArray())
            .map((row, context) -> new Numbered(row.getString("id"), map(row)))
            .list();
    List<AuditRow> shown = rows.stream().limit(limit).map(Numbered::row).toList();
    return new Page<>(shown, rows.size() <= limit ? null : rows.get(limit - 1).id());
  }

  private static AuditRow map(ResultSet row) throws SQLException {
    return new AuditRow(
        Columns.instant(row, "doneat"),
        row.getString("who"),
        row.getString("what"),
        row.getString("object"),
        row.getString("detail"),
        row.getString("origin"));
  }
}
