package io.cloudtask.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

record SqlTokens(Handle handle) implements Tokens {
  @Override
  public boolean create(String token, TokenRow row) {
    return handle.execute(
            """
            INSERT INTO token (id, owner, name, sha256, grants, createat, expiresat, usedat)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            row.id(),
            row.owner(),
            row.name(),
            Columns.sha256(token),
            Columns.grants(row.grants()),
            row.createat().toEpochMilli(),
            Columns.millis(row.expiresat()),
            Columns.millis(row.usedat()))
        == 1;
  }

  @Override
  public Optional<TokenRow> find(String token) {
    return one("SELECT * FROM token WHERE sha256 = ?", Columns.sha256(token));
  }

  @Override
  public Optional<TokenRow> get(String id) {
    return one("SELECT * FROM token WHERE id = ?", id);
  }

  private Optional<TokenRow> one(String select, String key) {
    return handle.select(select, key).map((row, context) -> map(row)).findOne();
  }

  @Override
  public void used(String id, Instant now) {
    handle.execute("UPDATE token SET usedat = ? WHERE id = ?", now.toEpochMilli(), id);
  }

  @Override
  public boolean revoke(String id) {
    return handle.execute("DELETE FROM token WHERE id = ?", id) == 1;
  }

  @Override
  public List<TokenRow> list() {
    return handle
        .select("SELECT * FROM token ORDER BY owner, name")
        .map((row, context) -> map(row))
        .list();
  }

  private static TokenRow map(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new TokenRow(
        row.getString("id"),
        row.getString("owner"),
        name,
        Columns.grants(row.getString("grants"), "the grants of the token " + name),
        Columns.instant(row, "createat"),
        Columns.instantOrNull(row, "expiresat"),
        Columns.instantOrNull(row, "usedat"));
  }
}
