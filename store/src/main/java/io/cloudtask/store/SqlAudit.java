package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlAudit(Handle handle) implements Audit {
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
  public Page<Entry> search(AuditSearch search, int limit, @Nullable String after) {
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    List<Object> arguments = new ArrayList<>();
    BiConsumer<String, @Nullable Object> and =
        (condition, value) -> {
          if (value != null) {
            conditions.add(condition);
            arguments.add(value);
          }
        };
    and.accept("LOWER(who) LIKE ? ESCAPE '!'", part(search.who()));
    and.accept("LOWER(what) LIKE ? ESCAPE '!'", part(search.what()));
    and.accept(
        "LOWER(who || ' ' || what || ' ' || object || ' ' || detail || ' ' || origin) LIKE ?"
            + " ESCAPE '!'",
        part(search.text()));
    and.accept("object = ?", search.object());
    and.accept("doneat >= ?", Columns.millis(search.from()));
    and.accept("doneat < ?", Columns.millis(search.to()));
    and.accept("id < ?", after);
    List<Entry> rows =
        handle
            .select(
                "SELECT * FROM audit WHERE %s ORDER BY id DESC LIMIT %d"
                    .formatted(String.join(" AND ", conditions), limit + 1),
                arguments.toArray())
            .map((row, context) -> new Entry(row.getString("id"), map(row)))
            .list();
    List<Entry> shown = rows.stream().limit(limit).toList();
    return new Page<>(shown, rows.size() <= limit ? null : shown.getLast().id());
  }

  private static @Nullable String part(@Nullable String text) {
    return text == null ? null : JobFilter.part(text);
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
