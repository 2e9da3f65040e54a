package io.cloudtask.store;

import io.cloudtask.model.wire.Alloc;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who holds the jobs of a runtime, as the wire shows it. */
record AllocTable(Handle handle) {
  Alloc of(Scope scope, String runtime, @Nullable String server) {
    long version =
        handle
            .select("SELECT revision FROM runtime WHERE name = ?", runtime)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    Scope.Condition seen = scope.jobs("j.runtime", "j.grp");
    String sql =
        """
        SELECT j.jobid, j.version, j.name, COALESCE(g.agentkey, '') AS agentkey,
          COALESCE(g.ipaddr, '') AS ipaddr, COALESCE(g.hostname, '') AS hostname
        FROM job j LEFT JOIN assignment a ON a.jobid = j.jobid AND a.untilat IS NULL
        LEFT JOIN agent g ON g.agentkey = a.agentkey
        WHERE %s AND j.runtime = ? AND j.deletedat IS NULL
        """
            .formatted(seen.sql());
    return new Alloc(
        runtime,
        version,
        (server == null
                ? handle.select(sql + " ORDER BY j.jobid", seen.with(runtime))
                : handle.select(
                    sql + " AND (g.ipaddr = ? OR g.hostname = ?) ORDER BY j.jobid",
                    seen.with(runtime, server, server)))
            .map((row, context) -> entry(row))
            .list());
  }

  private static Alloc.Entry entry(ResultSet row) throws SQLException {
    return new Alloc.Entry(
        row.getString("jobid"),
        row.getString("agentkey"),
        row.getLong("version"),
        row.getString("name"),
        row.getString("ipaddr"),
        row.getString("hostname"));
  }
}
