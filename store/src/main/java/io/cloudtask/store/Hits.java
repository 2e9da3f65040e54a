package io.cloudtask.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Finds things in sight by a part of their name, or by the beginning of their id. */
record Hits(Handle handle, Scope scope) {
  private static final String JOBS =
      """
      SELECT 'job' AS kind, jobid AS id, name, runtime || '/' || grp AS place FROM job
      WHERE %s AND deletedat IS NULL AND (LOWER(name) LIKE ? ESCAPE '!' OR jobid LIKE ? ESCAPE '!')
      ORDER BY CASE WHEN LOWER(name) LIKE ? ESCAPE '!' THEN 0 ELSE 1 END, name
      """;
  private static final String RUNS =
      """
      SELECT 'run' AS kind, r.runid AS id, COALESCE(j.name, '') AS name, r.state AS place
      FROM run r LEFT JOIN job j ON j.jobid = r.jobid WHERE %s AND r.runid >= ? AND r.runid < ?
      ORDER BY r.runid DESC
      """;
  private static final String AGENTS =
      """
      SELECT 'agent' AS kind, agentkey AS id, hostname AS name, runtime AS place FROM agent
      WHERE %s AND (LOWER(hostname) LIKE ? ESCAPE '!' OR agentkey LIKE ? ESCAPE '!'
        OR ipaddr LIKE ? ESCAPE '!') ORDER BY hostname
      """;
  private static final String RUNTIMES =
      """
      SELECT 'runtime' AS kind, name AS id, name, description AS place FROM runtime
      WHERE %s AND deletedat IS NULL AND LOWER(name) LIKE ? ESCAPE '!' ORDER BY name
      """;
  private static final String PACKAGES =
      """
      SELECT 'package' AS kind, name AS id, name, createuser AS place FROM package p
      WHERE %s AND LOWER(name) LIKE ? ESCAPE '!' ORDER BY createat DESC
      """;

  /** Shorter ones would find about every run. */
  private static final int LEAST_OF_A_RUN = 6;

  List<Overviews.Hit> of(String text, int each) {
    String part = JobFilter.part(text);
    String begin = part.substring(1);
    List<Overviews.Hit> hits = new ArrayList<>();
    hits.addAll(hits(JOBS, scope.jobs("runtime", "grp"), each, part, begin, begin));
    hits.addAll(hits(AGENTS, scope.runtimes("runtime"), each, part, begin, begin));
    hits.addAll(hits(RUNTIMES, scope.runtimes("name"), each, part));
    hits.addAll(hits(PACKAGES, scope.packages(), each, part));
    String id = text.toLowerCase(Locale.ROOT);
    if (id.matches("[0-9a-f]{" + LEAST_OF_A_RUN + ",32}")) {
      hits.addAll(hits(RUNS, scope.jobs("j.runtime", "j.grp"), each, id, id + "g"));
    }
    return hits;
  }

  private List<Overviews.Hit> hits(
      String sql, Scope.Condition seen, int each, Object... arguments) {
    return handle
        .select(sql.formatted(seen.sql()) + " LIMIT " + each, seen.with(arguments))
        .map((row, context) ->
            new Overviews.Hit(
                row.getString("kind"),
                row.getString("id"),
                row.getString("name"),
                row.getString("place")))
        .list();
  }
}
