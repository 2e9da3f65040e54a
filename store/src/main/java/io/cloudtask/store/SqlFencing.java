package io.cloudtask.store;

import io.cloudtask.store.Agents.Fencing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Ends spans without their agent. */
record SqlFencing(Session session) {
  private record Taken(String jobid, String runtime) {}

  Fencing fence(String key, Instant leaseuntil, Duration allowance, long published) {
    Optional<AgentRow> agent = new SqlAgents(session).lock(key);
    if (agent.isEmpty()) {
      return new Fencing.Unknown();
    }
    session.raiseAgent(key, published);
    AgentRow.Standing standing = agent.get().standing();
    if (standing.fenced() != null) {
      return new Fencing.AlreadyFenced();
    }
    Instant now = session.now();
    if (!standing.leaseuntil().isBefore(now) || !standing.leaseuntil().equals(leaseuntil)) {
      return new Fencing.StillLeased(standing.leaseuntil());
    }
    SoleJobs sole = new SoleJobs(session.handle(), agent.get());
    return end(
        agent.get(), now, end(agent.get(), now, allowance), SoleJobs.TAKEABLE, sole.takeable());
  }

  Fencing retire(String key, Instant leaseuntil, Duration allowance, long published) {
    Optional<AgentRow> agent = new SqlAgents(session).lock(key);
    if (agent.isEmpty()) {
      return new Fencing.Unknown();
    }
    session.raiseAgent(key, published);
    Instant leased = agent.get().standing().leaseuntil();
    if (!leased.equals(leaseuntil)) {
      return new Fencing.StillLeased(leased);
    }
    session.handle().execute("UPDATE agent SET retired = 1 WHERE agentkey = ?", key);
    Instant now = session.now();
    return end(
        agent.get(),
        now,
        end(agent.get(), now, allowance),
        "a.agentkey = ? AND a.untilat IS NULL",
        key);
  }

  /**
   * Ends all spans {@code a} for which the condition holds. None ends before it began: an instant
   * that an earlier fence has given away stays given away, also when the allowance was longer then.
   */
  private Fencing end(
      AgentRow agent, Instant now, Instant until, String condition, Object... arguments) {
    List<Taken> taken =
        session
            .handle()
            .select(
                "SELECT a.jobid, j.runtime FROM assignment a JOIN job j ON j.jobid = a.jobid WHERE "
                    + condition
                    + " ORDER BY a.jobid",
                arguments)
            .map((row, context) -> new Taken(row.getString("jobid"), row.getString("runtime")))
            .list();
    if (!taken.isEmpty()) {
      endSpans(now, until, condition, arguments);
      doAgain(agent.key(), taken);
    }
    session.raiseAgent(agent.key());
    session
        .handle()
        .execute(
            """
            UPDATE agent SET fencedat = COALESCE(fencedat, ?), fencedrevision = revision
            WHERE agentkey = ?
            """,
            now.toEpochMilli(),
            agent.key());
    Set<String> jobs = new LinkedHashSet<>();
    Set<String> runtimes = new TreeSet<>();
    for (Taken job : taken) {
      jobs.add(job.jobid);
      runtimes.add(job.runtime);
    }
    runtimes.forEach(session::raiseRuntime);
    return new Fencing.Fenced(until, jobs);
  }

  /** The caller counts what the runtime says now; the agent may still go by more. */
  private Instant end(AgentRow agent, Instant now, Duration allowance) {
    Autonomy autonomy = new Autonomy(session.handle(), agent);
    return now.plus(allowance).plus(autonomy.longest()).minusSeconds(autonomy.ofRuntime());
  }

  private void doAgain(String agentkey, List<Taken> taken) {
    Unsettled unsettled = new Unsettled(session.handle());
    for (List<String> some : Columns.slices(taken.stream().map(Taken::jobid).toList())) {
      List<Object> arguments = new ArrayList<>(Columns.padded(some));
      String list = Columns.marks(arguments.size());
      arguments.add(agentkey);
      session
          .handle()
          .select(
              """
              SELECT jobid, MIN(fireat) AS fireat FROM run WHERE endedat IS NULL
                AND state IN ('QUEUED', 'STARTING') AND fireat IS NOT NULL AND jobid IN (%s)
                AND agentkey = ? GROUP BY jobid
              """
                  .formatted(list),
              arguments.toArray())
          .map((row, context) -> Map.entry(row.getString("jobid"), Columns.instant(row, "fireat")))
          .forEach(run -> unsettled.beginBefore(run.getKey(), run.getValue()));
    }
  }

  private void endSpans(Instant now, Instant until, String condition, Object... arguments) {
    long end = until.toEpochMilli();
    Handle handle = session.handle();
    handle.execute(
        """
        INSERT INTO unsettled (jobid, span, agentkey, fromat, toat, redoneat, since, reason)
        SELECT jobid, span, agentkey, fromat, toat, fromat, %1$d, 'AGENT_LOST' FROM
          (SELECT a.jobid, a.span, a.agentkey,
            CASE WHEN j.cursorat IS NULL OR j.cursorat < a.fromat THEN a.fromat ELSE j.cursorat END
              AS fromat,
            CASE WHEN a.fromat > %2$d THEN a.fromat ELSE %2$d END AS toat
          FROM assignment a JOIN job_state j ON j.jobid = a.jobid WHERE %3$s) s
        WHERE fromat < toat
        """
            .formatted(now.toEpochMilli(), end, condition),
        arguments);
    handle.execute(
        """
        UPDATE job_state SET fault = '', fenceat = CASE WHEN fenceat < %1$d THEN %1$d ELSE fenceat END
        WHERE jobid IN (SELECT a.jobid FROM assignment a WHERE %2$s)
        """
            .formatted(end, condition),
        arguments);
    handle.execute(
        """
        UPDATE assignment AS a SET fenced = 1,
          untilat = CASE WHEN a.fromat > %1$d THEN a.fromat ELSE %1$d END
        WHERE %2$s
        """
            .formatted(end, condition),
        arguments);
  }
}
