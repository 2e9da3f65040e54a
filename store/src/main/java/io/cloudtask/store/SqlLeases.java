package io.cloudtask.store;

import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.store.Agents.Lease;
import io.cloudtask.store.Agents.Skew;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Leaves jobs with agents for a while, and compares clocks. */
record SqlLeases(Session session) {
  Skew clock(String key, long agentClock, Duration tolerance) {
    Skew skew = skew(agentClock, session.now(), tolerance);
    session
        .handle()
        .execute(
            "UPDATE agent SET skew = ?, fit = ? WHERE agentkey = ?",
            skew.millis(),
            Columns.flag(skew.fit()),
            key);
    return skew;
  }

  private static Skew skew(long agentClock, Instant now, Duration tolerance) {
    long millis = agentClock - now.toEpochMilli();
    return new Skew(millis, Math.abs(millis) <= tolerance.toMillis());
  }

  Lease lease(String key, LeaseRequest request, Duration length, Duration tolerance) {
    Optional<AgentRow> agent = new SqlAgents(session).lock(key);
    if (agent.isEmpty()) {
      return new Lease.UnknownAgent();
    }
    String incarnation = agent.get().incarnation();
    if (!incarnation.equals(request.incarnation())) {
      return new Lease.OtherIncarnation(incarnation);
    }
    if (!leasable(key)) {
      return new Lease.Fenced();
    }
    Instant now = session.now();
    Skew skew = skew(request.clock(), now, tolerance);
    long until = now.plus(length).toEpochMilli();
    session
        .handle()
        .execute(
            """
            UPDATE agent SET seenat = ?, skew = ?, fit = ?, load = ?,
              leaseuntil = CASE WHEN leaseuntil < ? THEN ? ELSE leaseuntil + 1 END
            WHERE agentkey = ?
            """,
            now.toEpochMilli(),
            skew.millis(),
            Columns.flag(skew.fit()),
            request.load(),
            until,
            until,
            key);
    return new Lease.Granted(
        new LeaseAnswer(length.toMillis(), skew.millis(), skew.fit(), tolerance.toMillis()));
  }

  /** A set that was handed out may have been lost on its way; one that was acknowledged was not. */
  private boolean leasable(String key) {
    return session
        .handle()
        .select(
            """
            SELECT 1 FROM agent WHERE agentkey = ? AND fencedat IS NULL AND retired = 0
              AND acknowledged >= fencedrevision
            """,
            key)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
