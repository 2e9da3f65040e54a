package io.cloudtask.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

record SqlSessions(Handle handle) implements Sessions {
  @Override
  public SessionRow open(String cookie, String account, Instant now, String address, String agent) {
    SessionRow row =
        new SessionRow(TimeOrderedId.next(now), account, now, now, address, Columns.text(agent));
    handle.execute(
        """
        INSERT INTO session (id, sha256, account, createat, seenat, address, agent)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        row.id(),
        Columns.sha256(cookie),
        account,
        now.toEpochMilli(),
        now.toEpochMilli(),
        address,
        row.agent());
    return row;
  }

  @Override
  public Optional<SessionRow> find(String cookie) {
    return handle
        .select("SELECT * FROM session WHERE sha256 = ?", Columns.sha256(cookie))
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public void seen(String id, Instant now) {
    handle.execute("UPDATE session SET seenat = ? WHERE id = ?", now.toEpochMilli(), id);
  }

  @Override
  public boolean end(String account, String id) {
    return handle.execute("DELETE FROM session WHERE account = ? AND id = ?", account, id) == 1;
  }

  @Override
  public void endOthers(String account, String kept) {
    handle.execute("DELETE FROM session WHERE account = ? AND id <> ?", account, kept);
  }

  @Override
  public List<SessionRow> list(String account) {
    return handle
        .select("SELECT * FROM session WHERE account = ? ORDER BY id DESC", account)
        .map((row, context) -> map(row))
        .list();
  }

  private static SessionRow map(ResultSet row) throws SQLException {
    return new SessionRow(
        row.getString("id"),
        row.getString("account"),
        Columns.instant(row, "createat"),
        Columns.instant(row, "seenat"),
        row.getString("address"),
        row.getString("agent"));
  }
}
