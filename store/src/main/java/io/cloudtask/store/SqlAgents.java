package io.cloudtask.store;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.wire.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record SqlAgents(Session session) implements Agents {
  @Override
  public Greeting hello(String key, Hello hello, int capacity, boolean otherLives, Instant now) {
    Node node = hello.node();
    Optional<AgentRow> known = lock(key);
    Optional<Greeting> refusal =
        refusedRuntime(node).or(() -> known.flatMap(a -> refused(a, hello, otherLives)));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    session
        .handle()
        .execute(
            """
            INSERT INTO agent (agentkey, runtime, hostname, ipaddr, node, incarnation, applied, revision,
              acknowledged, isonline, seenat, capacity, version)
            VALUES (?, ?, ?, ?, ?, ?, 0, 1, 0, 1, ?, ?, ?)
            ON CONFLICT (agentkey) DO UPDATE SET runtime = excluded.runtime,
              hostname = excluded.hostname, ipaddr = excluded.ipaddr, node = excluded.node,
              incarnation = excluded.incarnation, isonline = 1, seenat = excluded.seenat,
              capacity = excluded.capacity, version = excluded.version, retired = 0
            """,
            key,
            node.location(),
            node.hostname(),
            node.ipaddr(),
            Columns.json(node),
            hello.incarnation(),
            now.toEpochMilli(),
            capacity,
            Columns.text(Objects.requireNonNullElse(hello.version(), "")));
    return known
        .map(a -> new Greeting.Welcomed(a.applied(), a.revision()))
        .orElseGet(() -> new Greeting.Welcomed(0, 1));
  }

  private Optional<Greeting> refusedRuntime(Node node) {
    Optional<RuntimeRow> runtime = new SqlRuntimes(session).find(node.location());
    if (runtime.isEmpty()) {
      return Optional.of(new Greeting.UnknownRuntime(node.location()));
    }
    List<String> servers = runtime.get().servers();
    boolean listed =
        servers.isEmpty()
            || servers.stream()
                .anyMatch(s -> s.equals(node.ipaddr()) || s.equalsIgnoreCase(node.hostname()));
    return listed ? Optional.empty() : Optional.of(new Greeting.HostNotListed(node.location()));
  }

  private static Optional<Greeting> refused(AgentRow known, Hello hello, boolean otherLives) {
    if (otherLives && !known.incarnation().equals(hello.incarnation())) {
      return Optional.of(new Greeting.OtherIncarnation(known.incarnation()));
    }
    return hello.sequence() < known.applied()
        ? Optional.of(new Greeting.JournalOlder(known.applied()))
        : Optional.empty();
  }

  @Override
  public void acknowledged(String key, long revision, Instant now) {
    session
        .handle()
        .execute(
            """
            UPDATE agent SET seenat = ?,
              acknowledged = CASE WHEN acknowledged < ? THEN ? ELSE acknowledged END
            WHERE agentkey = ?
            """,
            now.toEpochMilli(),
            revision,
            revision,
            key);
  }

  @Override
  public void seen(String key, Instant now) {
    session
        .handle()
        .execute("UPDATE agent SET seenat = ? WHERE agentkey = ?", now.toEpochMilli(), key);
  }

  @Override
  public boolean online(Set<String> keys) {
    boolean changed = false;
    for (AgentRow agent : list(null)) {
      boolean online = keys.contains(agent.key());
      if (online != agent.online()) {
        session
            .handle()
            .execute(
                "UPDATE agent SET isonline = ? WHERE agentkey = ?",
                Columns.flag(online),
                agent.key());
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public Skew clock(String key, long agentClock, Duration tolerance) {
    return new SqlLeases(session).clock(key, agentClock, tolerance);
  }

  @Override
  public Lease lease(String key, LeaseRequest request, Duration length, Duration tolerance) {
    return new SqlLeases(session).lease(key, request, length, tolerance);
  }

  @Override
  public Fencing fence(String key, Instant leaseuntil, Duration allowance, long published) {
    return new SqlFencing(session).fence(key, leaseuntil, allowance, published);
  }

  @Override
  public Fencing retire(String key, Instant leaseuntil, Duration allowance, long published) {
    return new SqlFencing(session).retire(key, leaseuntil, allowance, published);
  }

  @Override
  public void draining(String key, boolean on) {
    session
        .handle()
        .execute("UPDATE agent SET draining = ? WHERE agentkey = ?", Columns.flag(on), key);
  }

  @Override
  public Map<String, Long> running() {
    Map<String, Long> running = new HashMap<>();
    session
        .handle()
        .select(
            """
            SELECT agentkey, COUNT(*) AS running FROM run
            WHERE endedat IS NULL AND state <> 'QUEUED' GROUP BY agentkey
            """)
        .map((row, context) -> Map.entry(row.getString("agentkey"), row.getLong("running")))
        .forEach(entry -> running.put(entry.getKey(), entry.getValue()));
    return running;
  }

  /** The agent, whose row and whose spans nobody else changes before this transaction ends. */
  Optional<AgentRow> lock(String key) {
    return session
        .handle()
        .select(session.locked("SELECT * FROM agent WHERE agentkey = ?"), key)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public Optional<AgentRow> find(String key) {
    return session
        .handle()
        .select("SELECT * FROM agent WHERE agentkey = ?", key)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<AgentRow> list(@Nullable String runtime) {
    return (runtime == null
            ? session.handle().select("SELECT * FROM agent ORDER BY agentkey")
            : session
                .handle()
                .select("SELECT * FROM agent WHERE runtime = ? ORDER BY agentkey", runtime))
        .map((row, context) -> map(row))
        .list();
  }

  private static AgentRow map(ResultSet row) throws SQLException {
    String key = row.getString("agentkey");
    return new AgentRow(
        key,
        row.getString("runtime"),
        Columns.json(row.getString("node"), Node.class, "the node of agent " + key),
        row.getString("incarnation"),
        row.getLong("applied"),
        row.getLong("revision"),
        row.getLong("acknowledged"),
        row.getInt("isonline") == 1,
        Columns.instant(row, "seenat"),
        row.getInt("capacity"),
        new AgentRow.Standing(
            row.getInt("draining") == 1,
            row.getInt("retired") == 1,
            Columns.instantOrNull(row, "fencedat"),
            Columns.instant(row, "leaseuntil"),
            row.getLong("skew"),
            row.getInt("fit") == 1));
  }

  @Override
  public Optional<AgentView> view(String key) {
    return select("WHERE g.agentkey = ?", key).stream().findFirst();
  }

  @Override
  public List<AgentView> views(Scope scope, @Nullable String runtime) {
    Scope.Condition seen = scope.runtimes("g.runtime");
    return runtime == null
        ? select("WHERE " + seen.sql(), seen.with())
        : select("WHERE " + seen.sql() + " AND g.runtime = ?", seen.with(runtime));
  }

  private List<AgentView> select(String condition, Object... arguments) {
    return session
        .handle()
        .select(
            """
            SELECT g.*,
              (SELECT COUNT(*) FROM assignment a
                WHERE a.agentkey = g.agentkey AND a.untilat IS NULL) AS jobs,
              COALESCE(r.running, 0) AS running
            FROM agent g LEFT JOIN
              (SELECT agentkey, COUNT(*) AS running FROM run
                WHERE endedat IS NULL AND state <> 'QUEUED' GROUP BY agentkey) r
              ON r.agentkey = g.agentkey
            """
                + condition
                + " ORDER BY g.hostname, g.agentkey",
            arguments)
        .map((row, context) -> view(row))
        .list();
  }

  private static AgentView view(ResultSet row) throws SQLException {
    AgentRow agent = map(row);
    Node node = agent.node();
    AgentRow.Standing standing = agent.standing();
    return new AgentView(
        agent.key(),
        agent.runtime(),
        node.hostname(),
        node.ipaddr(),
        node.apiaddr(),
        node.os(),
        node.platform(),
        row.getString("version"),
        agent.online(),
        agent.seen(),
        agent.capacity(),
        row.getLong("jobs"),
        row.getLong("running"),
        row.getObject("load") == null ? null : row.getDouble("load"),
        agent.revision(),
        agent.acknowledged(),
        standing.draining(),
        standing.fit(),
        standing.skew(),
        standing.fenced());
  }
}
