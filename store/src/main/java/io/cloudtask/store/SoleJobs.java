package io.cloudtask.store;

import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Which of its jobs an agent was told, or is to be told, to need no lease. */
record SoleJobs(Handle handle, AgentRow agent) {
  /** Whether only the host of the agent may hold the job of assignment {@code a}, by definition. */
  private static final String BY_DEFINITION =
      """
      EXISTS (SELECT 1 FROM job j JOIN runtime r ON r.name = j.runtime
        WHERE j.jobid = a.jobid AND r.name = ?
          AND (LOWER(j.servers) IN (?, ?) OR LOWER(r.servers) IN (?, ?)))
      """;

  /**
   * The open assignments {@code a} of an agent that may be ended without it: those that are not
   * sole now, and that it knows not to be sole.
   */
  static final String TAKEABLE =
      "a.agentkey = ? AND a.untilat IS NULL AND a.sole = 0 AND a.solerevision <= ? AND NOT "
          + BY_DEFINITION;

  /** For {@link #TAKEABLE}. */
  Object[] takeable() {
    String host = listOf(agent.node().hostname());
    String ip = listOf(agent.node().ipaddr());
    return new Object[] {
      agent.key(), agent.acknowledged(), agent.runtime(), host, ip, host, ip,
    };
  }

  private static String listOf(String server) {
    return Columns.json(List.of(server)).toLowerCase(Locale.ROOT);
  }

  /**
   * Brings what the agent's next set says in line with the definitions.
   *
   * @return whether anything in the set changes
   */
  boolean refresh(HandOut.Sole sole) {
    Node node = agent.node();
    String host = listOf(node.hostname());
    String ip = listOf(node.ipaddr());
    String wrong = "SELECT a.jobid FROM assignment a WHERE a.agentkey = ? AND a.untilat IS NULL";
    List<String> more =
        sole == HandOut.Sole.EVERY
            ? jobs(wrong + " AND a.sole = 0", agent.key())
            : jobs(
                wrong + " AND a.sole = 0 AND " + BY_DEFINITION,
                agent.key(),
                agent.runtime(),
                host,
                ip,
                host,
                ip);
    List<String> fewer =
        sole == HandOut.Sole.EVERY
            ? List.of()
            : jobs(
                wrong + " AND a.sole = 1 AND NOT " + BY_DEFINITION,
                agent.key(),
                agent.runtime(),
                host,
                ip,
                host,
                ip);
    mark("UPDATE assignment SET sole = 1 WHERE jobid = ? AND untilat IS NULL", more);
    mark(
        "UPDATE assignment SET sole = 0, solerevision = "
            + (agent.revision() + 1)
            + " WHERE jobid = ? AND untilat IS NULL",
        fewer);
    return !more.isEmpty() || !fewer.isEmpty();
  }

  private List<String> jobs(String sql, Object... arguments) {
    return handle.select(sql, arguments).mapTo(String.class).list();
  }

  private void mark(String sql, List<String> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    try (var batch = handle.prepareBatch(sql)) {
      jobs.forEach(batch::add);
      batch.execute();
    }
  }
}
