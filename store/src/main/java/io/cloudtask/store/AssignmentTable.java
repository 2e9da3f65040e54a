package io.cloudtask.store;

import io.cloudtask.store.Assignments.Placing;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes many new assignments at a time. */
record AssignmentTable(Session session) {
  private static final String INSERT =
      """
      INSERT INTO assignment (jobid, span, agentkey, version, fromat, assignedat)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  /**
   * A job that nobody holds.
   *
   * @param fence from where on it is answered for
   * @param marked something is said of it that is over when somebody takes it
   * @param span the number of the assignment to come
   */
  private record Free(long fence, boolean marked, long version, String runtime, long span) {
    Free(long fence, boolean marked) {
      this(fence, marked, 0, "", 1);
    }

    Free defined(long number, String where) {
      return new Free(fence, marked, number, where, span);
    }

    Free at(long next) {
      return new Free(fence, marked, version, runtime, next);
    }
  }

  /** Returns the agents that got something. Locks agents first, then jobs, each in their order. */
  Set<String> insert(Collection<Placing> placings, Instant now) {
    Set<String> takers = takers(placings);
    List<Placing> wanted =
        placings.stream()
            .filter(p -> takers.contains(p.agentkey()))
            .sorted(Comparator.comparing(Placing::jobid))
            .toList();
    Set<String> agents = new TreeSet<>();
    Set<String> runtimes = new TreeSet<>();
    for (List<Placing> some : Columns.slices(wanted)) {
      insert(some, now, agents, runtimes);
    }
    agents.forEach(session::raiseAgent);
    runtimes.forEach(session::raiseRuntime);
    return agents;
  }

  /** Those of the agents that may get jobs. */
  private Set<String> takers(Collection<Placing> placings) {
    Set<String> takers = new HashSet<>();
    SqlAgents agents = new SqlAgents(session);
    for (String key : new TreeSet<>(placings.stream().map(Placing::agentkey).toList())) {
      agents
          .lock(key)
          .filter(agent -> agent.standing().fenced() == null && !agent.standing().retired())
          .ifPresent(agent -> takers.add(key));
    }
    return takers;
  }

  private void insert(List<Placing> some, Instant now, Set<String> agents, Set<String> runtimes) {
    Set<String> jobids = new TreeSet<>(some.stream().map(Placing::jobid).toList());
    Map<String, Free> jobs = free(jobids);
    if (jobs.isEmpty()) {
      return;
    }
    List<String> marked = new ArrayList<>();
    try (PreparedStatement insert = session.handle().getConnection().prepareStatement(INSERT)) {
      for (Placing placing : some) {
        Free job = jobs.remove(placing.jobid());
        if (job != null) {
          add(insert, placing, job, now);
          agents.add(placing.agentkey());
          runtimes.add(job.runtime);
          if (job.marked) {
            marked.add(placing.jobid());
          }
        }
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw Columns.failed("%d assignments can't be written".formatted(some.size()), e);
    }
    new JobStates(session.handle()).placed(marked);
  }

  private static void add(PreparedStatement insert, Placing placing, Free job, Instant now)
      throws SQLException {
    insert.setString(1, placing.jobid());
    insert.setLong(2, job.span);
    insert.setString(3, placing.agentkey());
    insert.setLong(4, job.version);
    insert.setLong(5, job.fence);
    insert.setLong(6, now.toEpochMilli());
    insert.addBatch();
  }

  /**
   * Those of the jobs that exist and that nobody holds; nobody else gives them away meanwhile. Each
   * table is asked by itself: of a join, PostgreSQL reads all jobs while it has no statistics yet.
   */
  private Map<String, Free> free(Set<String> jobids) {
    Object[] ids = Columns.padded(List.copyOf(jobids)).toArray();
    String list = "(" + Columns.marks(ids.length) + ")";
    Map<String, Free> jobs = new HashMap<>();
    session
        .handle()
        .select(
            session.locked(
                """
                SELECT jobid, fenceat, unplaced <> '' OR fault <> '' FROM job_state
                WHERE jobid IN %s ORDER BY jobid\
                """
                    .formatted(list)),
            ids)
        .map((row, context) ->
            jobs.put(row.getString(1), new Free(row.getLong(2), row.getBoolean(3))))
        .list();
    jobs.keySet().retainAll(defined(list, ids, jobs));
    session
        .handle()
        .select(
            "SELECT jobid, MAX(span) AS span, SUM(CASE WHEN untilat IS NULL THEN 1 ELSE 0 END) AS"
                + " held FROM assignment WHERE jobid IN "
                + list
                + " GROUP BY jobid",
            ids)
        .map((row, context) -> {
          long span = row.getLong("span") + 1;
          boolean held = row.getLong("held") > 0;
          return jobs.computeIfPresent(
              row.getString("jobid"), (id, job) -> held ? null : job.at(span));
        })
        .list();
    return jobs;
  }

  /** Adds version and runtime to those that are not deleted, and returns which these are. */
  private Set<String> defined(String list, Object[] ids, Map<String, Free> jobs) {
    return session
        .handle()
        .select(
            "SELECT jobid, version, runtime FROM job WHERE deletedat IS NULL AND jobid IN " + list,
            ids)
        .map((row, context) -> {
          String jobid = row.getString(1);
          long version = row.getLong(2);
          String runtime = row.getString(3);
          jobs.computeIfPresent(jobid, (id, job) -> job.defined(version, runtime));
          return jobid;
        })
        .collect(Collectors.toSet());
  }
}
