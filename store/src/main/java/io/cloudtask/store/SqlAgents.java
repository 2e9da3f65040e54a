package io.cloudtask.store;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.wire.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlAgents(Handle handle) implements Agents {
  @Override
  public Greeting hello(String key, Hello hello, int capacity, boolean otherLives, Instant now) {
    Node node = hello.node();
    Optional<AgentRow> known = find(key);
    Optional<Greeting> refusal =
        refusedRuntime(node).or(() -> known.flatMap(a -> refused(a, hello, otherLives)));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    handle.execute(
        """
        INSERT INTO agent (agentkey, runtime, hostname, ipaddr, node, incarnation, applied, revision,
          acknowledged, isonline, seenat, capacity)
        VALUES (?, ?, ?, ?, ?, ?, 0, 1, 0, 1, ?, ?)
        ON CONFLICT (agentkey) DO UPDATE SET runtime = excluded.runtime,
          hostname = excluded.hostname, ipaddr = excluded.ipaddr, node = excluded.node,
          incarnation = excluded.incarnation, isonline = 1, seenat = excluded.seenat,
          capacity = excluded.capacity
        """,
        key,
        node.location(),
        node.hostname(),
        node.ipaddr(),
        Columns.json(node),
        hello.incarnation(),
        now.toEpochMilli(),
        capacity);
    return known
        .map(a -> new Greeting.Welcomed(a.applied(), a.revision()))
        .orElseGet(() -> new Greeting.Welcomed(0, 1));
  }

  private Optional<Greeting> refusedRuntime(Node node) {
    Optional<RuntimeRow> runtime = new SqlRuntimes(handle).find(node.location());
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
    handle.execute(
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
    handle.execute("UPDATE agent SET seenat = ? WHERE agentkey = ?", now.toEpochMilli(), key);
  }

  @Override
  public boolean online(Set<String> keys) {
    boolean changed = false;
    for (AgentRow agent : list(null)) {
      boolean online = keys.contains(agent.key());
      if (online != agent.online()) {
        handle.execute(
            "UPDATE agent SET isonline = ? WHERE agentkey = ?", Columns.flag(online), agent.key());
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public Optional<AgentRow> find(String key) {
    return handle
        .select("SELECT * FROM agent WHERE agentkey = ?", key)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<AgentRow> list(@Nullable String runtime) {
    return (runtime == null
            ? handle.select("SELECT * FROM agent ORDER BY agentkey")
            : handle.select("SELECT * FROM agent WHERE runtime = ? ORDER BY agentkey", runtime))
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
        row.getInt("capacity"));
  }

  @Override
  public Optional<AgentView> view(String key) {
    return select("WHERE g.agentkey = ?", key).stream().findFirst();
  }

  @Override
  public List<AgentView> views(@Nullable String runtime) {
    return runtime == null ? select("") : select("WHERE g.runtime = ?", runtime);
  }

  private List<AgentView> select(String condition, Object... arguments) {
    return handle
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
    return new AgentView(
        agent.key(),
        agent.runtime(),
        node.hostname(),
        node.ipaddr(),
        node.apiaddr(),
        node.os(),
        node.platform(),
        agent.online(),
        agent.seen(),
        agent.capacity(),
        row.getLong("jobs"),
        row.getLong("running"),
        agent.revision(),
        agent.acknowledged(),
        false,
        true,
        0,
        null);
  }
}
