package io.cloudtask.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlRuntimes(Session session) implements Runtimes {
  @Override
  public boolean create(String name, String description, List<String> servers, Instant now) {
    return session
            .handle()
            .execute(
                """
                INSERT INTO runtime (name, description, servers, revision, createat)
                VALUES (?, ?, ?, 1, ?)
                ON CONFLICT (name) DO UPDATE SET description = excluded.description,
                  servers = excluded.servers, createat = excluded.createat, autonomy = 0,
                  revision = runtime.revision + 1, deletedat = NULL
                WHERE runtime.deletedat IS NOT NULL
                """,
                name,
                description,
                Columns.json(servers),
                now.toEpochMilli())
        == 1;
  }

  @Override
  public boolean change(String name, String description, List<String> servers, Duration autonomy) {
    if (autonomy.isNegative()) {
      throw new IllegalArgumentException("autonomy is " + autonomy);
    }
    Optional<RuntimeRow> before = find(name);
    boolean told =
        before.isPresent()
            && !(before.get().servers().equals(servers)
                && before.get().autonomy().equals(autonomy));
    if (told) {
      new SqlAgents(session).list(name).forEach(agent -> session.raiseAgent(agent.key()));
    }
    return session
            .handle()
            .execute(
                """
                UPDATE runtime SET description = ?, servers = ?, autonomy = ?
                WHERE name = ? AND deletedat IS NULL
                """,
                description,
                Columns.json(servers),
                autonomy.toSeconds(),
                name)
        == 1;
  }

  @Override
  public Removal remove(String name, Instant now) {
    if (!lock(name)) {
      return new Removal.Unknown();
    }
    long jobs = count("SELECT COUNT(*) FROM job WHERE runtime = ? AND deletedat IS NULL", name);
    long online = count("SELECT COUNT(*) FROM agent WHERE runtime = ? AND isonline = 1", name);
    if (jobs + online > 0) {
      return new Removal.NotEmpty(jobs, online);
    }
    session
        .handle()
        .execute("UPDATE runtime SET deletedat = ? WHERE name = ?", now.toEpochMilli(), name);
    return new Removal.Done();
  }

  /** Whether it is there, and stays until this transaction ends. */
  boolean lock(String name) {
    return session
        .handle()
        .select(
            session.locked("SELECT name FROM runtime WHERE name = ? AND deletedat IS NULL"), name)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private long count(String sql, String name) {
    return session.handle().select(sql, name).mapTo(Long.class).one();
  }

  @Override
  public Optional<RuntimeRow> find(String name) {
    return session
        .handle()
        .select("SELECT * FROM runtime WHERE name = ? AND deletedat IS NULL", name)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<RuntimeRow> list() {
    return session
        .handle()
        .select("SELECT * FROM runtime WHERE deletedat IS NULL ORDER BY name")
        .map((row, context) -> map(row))
        .list();
  }

  @Override
  public long changes() {
    return session
        .handle()
        .select("SELECT COALESCE(SUM(revision), 0) FROM runtime")
        .mapTo(Long.class)
        .one();
  }

  private static RuntimeRow map(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new RuntimeRow(
        name,
        row.getString("description"),
        Columns.texts(row.getString("servers"), "the host list of runtime " + name),
        Duration.ofSeconds(row.getLong("autonomy")),
        Columns.instant(row, "createat"));
  }
}
