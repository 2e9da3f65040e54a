package io.cloudtask.store;

import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * For how long an agent goes on past the end of its lease: what its newest set says and, until it
 * has acknowledged that one, the longest that an earlier one may have said.
 */
record Autonomy(Handle handle, AgentRow agent) {
  private record Told(long seconds, long most, long since) {}

  private Told told() {
    return handle
        .select(
            "SELECT autonomy, autonomymost, autonomysince FROM agent WHERE agentkey = ?",
            agent.key())
        .map((row, context) ->
            new Told(
                row.getLong("autonomy"), row.getLong("autonomymost"), row.getLong("autonomysince")))
        .one();
  }

  /** What the runtime says, in seconds. */
  long ofRuntime() {
    return handle
        .select("SELECT autonomy FROM runtime WHERE name = ?", agent.runtime())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** The longest that the agent may go by. */
  Duration longest() {
    Told told = told();
    long most = agent.acknowledged() < told.since ? told.most : told.seconds;
    return Duration.ofSeconds(Math.max(most, ofRuntime()));
  }

  /**
   * Brings what the agent's next set says in line with the runtime.
   *
   * @return whether that changes
   */
  boolean refresh() {
    Told told = told();
    long now = ofRuntime();
    if (now == told.seconds) {
      return false;
    }
    long before = agent.acknowledged() < told.since ? told.most : told.seconds;
    handle.execute(
        """
        UPDATE agent SET autonomy = ?, autonomymost = ?, autonomysince = ? WHERE agentkey = ?
        """,
        now,
        Math.max(before, now),
        agent.revision() + 1,
        agent.key());
    return true;
  }
}
