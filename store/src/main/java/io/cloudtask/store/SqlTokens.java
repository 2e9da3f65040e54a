package io.cloudtask.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

record SqlTokens(Handle handle) implements Tokens {
  @Override
  public void save(String token, TokenRow row) {
    handle.execute(
        """
        INSERT INTO token (name, sha256, roles, scope, createat) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, roles = excluded.roles,
          scope = excluded.scope, createat = excluded.createat
        """,
        row.name(),
        hash(token),
        Columns.json(row.roles().stream().sorted().toList()),
        row.scope(),
        row.createat().toEpochMilli());
  }

  @Override
  public Optional<TokenRow> find(String token) {
    return handle
        .select("SELECT * FROM token WHERE sha256 = ?", hash(token))
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public boolean revoke(String name) {
    return handle.execute("DELETE FROM token WHERE name = ?", name) == 1;
  }

  @Override
  public List<TokenRow> list() {
    return handle
        .select("SELECT * FROM token ORDER BY name")
        .map((row, context) -> map(row))
        .list();
  }

  private static TokenRow map(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new TokenRow(
        name,
        Set.copyOf(Columns.texts(row.getString("roles"), "the roles of token " + name)),
        row.getString("scope"),
        Columns.instant(row, "createat"));
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
