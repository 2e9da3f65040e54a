package io.cloudtask.store;

import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.rest.PackageView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

record SqlPackages(Handle handle) implements Packages {
  @Override
  public Optional<PackageView> find(Scope scope, String name) {
    return select(scope, " AND p.name = ?", name).findOne();
  }

  @Override
  public Optional<PackageRef> ref(String name) {
    return find(Scope.EVERYTHING, name).map(p -> new PackageRef(p.name(), p.sha256(), p.size()));
  }

  @Override
  public List<PackageView> list(Scope scope) {
    return select(scope, " ORDER BY p.createat DESC, p.name").list();
  }

  private ResultIterable<PackageView> select(Scope scope, String more, Object... arguments) {
    Scope.Condition counted = scope.jobs("j.runtime", "j.grp");
    Scope.Condition seen = scope.packages();
    List<Object> all = new ArrayList<>(counted.arguments());
    all.addAll(List.of(seen.with(arguments)));
    String sql =
        """
        SELECT p.*, c.size, (SELECT COUNT(*) FROM job j
          WHERE j.filename = p.name AND j.filename <> '' AND j.deletedat IS NULL AND %s) AS jobs
        FROM package p JOIN content c ON c.sha256 = p.sha256 WHERE %s
        """
            .formatted(counted.sql(), seen.sql());
    return handle.select(sql + more, all.toArray()).map((row, context) -> map(row));
  }

  private static PackageView map(ResultSet row) throws SQLException {
    return new PackageView(
        row.getString("name"),
        row.getString("sha256"),
        row.getLong("size"),
        Columns.instant(row, "createat"),
        row.getString("createuser"),
        row.getLong("jobs"));
  }

  @Override
  public boolean begin(String sha256, long size, Instant now) {
    return handle.execute(
            """
            INSERT INTO content (sha256, size, complete, beganat) VALUES (?, ?, 0, ?)
            ON CONFLICT (sha256) DO UPDATE SET beganat = excluded.beganat WHERE content.complete = 0
            """,
            sha256,
            size,
            now.toEpochMilli())
        == 1;
  }

  @Override
  public void put(String sha256, int index, byte[] data) {
    handle.execute(
        """
        INSERT INTO content_piece (sha256, piece, data) VALUES (?, ?, ?)
        ON CONFLICT (sha256, piece) DO UPDATE SET data = excluded.data
        """,
        sha256,
        index,
        data);
  }

  @Override
  public boolean publish(String name, String sha256, String user, Instant now) {
    if (find(Scope.EVERYTHING, name).isPresent()) {
      return false;
    }
    complete(sha256);
    return handle.execute(
            "INSERT INTO package (name, sha256, createuser, createat) VALUES (?, ?, ?, ?)",
            name,
            sha256,
            user,
            now.toEpochMilli())
        == 1;
  }

  private void complete(String sha256) {
    int updated =
        handle.execute(
            """
            UPDATE content SET complete = 1 WHERE sha256 = ? AND (complete = 1 OR size =
              (SELECT COALESCE(SUM(LENGTH(data)), 0) FROM content_piece p
                WHERE p.sha256 = content.sha256))
            """,
            sha256);
    if (updated == 0) {
      throw new StoreException(
          "content %s is not complete in the store; upload it again".formatted(sha256));
    }
  }

  @Override
  public Optional<byte[]> piece(String sha256, int index) {
    return handle
        .select(
            """
            SELECT p.data FROM content_piece p JOIN content c ON c.sha256 = p.sha256
            WHERE p.sha256 = ? AND p.piece = ? AND c.complete = 1
            """,
            sha256,
            index)
        .mapTo(byte[].class)
        .findOne();
  }
}
