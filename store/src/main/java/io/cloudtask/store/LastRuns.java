package io.cloudtask.store;

import io.cloudtask.model.rest.LastRun;
import io.cloudtask.model.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The newest runs of each of many jobs, with one look at the index for each job. */
record LastRuns(Handle handle) {
  /** Databases admit some hundred parts of a statement. */
  private static final int AT_ONCE = 64;

  private static final String ONE =
      """
      SELECT * FROM (SELECT jobid, runid, state, startedat, endedat,
        COALESCE(fireat, grantedat) AS dueat FROM run
        WHERE jobid = ? ORDER BY runid DESC LIMIT %d) newest
      """;

  private record Row(String jobid, LastRun run) {}

  Map<String, List<LastRun>> of(Collection<String> jobids, int each) {
    Map<String, Map<String, LastRun>> sorted = new HashMap<>();
    List<String> all = List.copyOf(jobids);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> some = Columns.padded(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
      String sql =
          String.join(" UNION ALL ", Collections.nCopies(some.size(), ONE.formatted(each)));
      handle
          .select(sql, some.toArray())
          .map((row, context) -> map(row))
          .forEach(row ->
              sorted
                  .computeIfAbsent(row.jobid, jobid -> new TreeMap<>())
                  .put(row.run.runid(), row.run));
    }
    Map<String, List<LastRun>> runs = new LinkedHashMap<>();
    sorted.forEach((jobid, newest) -> runs.put(jobid, new ArrayList<>(newest.values())));
    return runs;
  }

  private static Row map(ResultSet row) throws SQLException {
    Instant started = Columns.instantOrNull(row, "startedat");
    Instant ended = Columns.instantOrNull(row, "endedat");
    @Nullable Long duration =
        started == null || ended == null ? null : ended.toEpochMilli() - started.toEpochMilli();
    return new Row(
        row.getString("jobid"),
        new LastRun(
            row.getString("runid"),
            RunState.valueOf(row.getString("state")),
            duration,
            Columns.instant(row, "dueat")));
  }
}
