package io.cloudtask.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

record SqlRuntimes(Handle handle) implements Runtimes {
  @Override
  public boolean create(String name, String description, List<String> servers, Instant now) {
    return handle.execute(
            """
            INSERT INTO runtime (name, description, servers, revision, createat)
            VALUES (?, ?, ?, 1, ?) ON CONFLICT (name) DO NOTHING
            """,
            name,
            description,
            Columns.json(servers),
            now.toEpochMilli())
        == 1;
  }

  @Override
  public boolean change(String name, String description, List<String> servers) {
    return handle.execute(
            "UPDATE runtime SET description = ?, servers = ? WHERE name = ?",
            description,
            Columns.json(servers),
            name)
        == 1;
  }

  @Override
  public Optional<RuntimeRow> find(String name) {
    return handle
        .select("SELECT * FROM runtime WHERE name = ?", name)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<RuntimeRow> list() {
    return handle
        .select("SELECT * FROM runtime ORDER BY name")
        .map((row, context) -> map(row))
        .list();
  }

  /** Notes that the assignment table of a runtime changed. */
  void raise(String name) {
    handle.execute("UPDATE runtime SET revision = revision + 1 WHERE name = ?", name);
  }

  private static RuntimeRow map(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new RuntimeRow(
        name,
        row.getString("description"),
        Columns.texts(row.getString("servers"), "the host list of runtime " + name),
        Columns.instant(row, "createat"));
  }
}
