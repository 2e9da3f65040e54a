package io.cloudtask.store;

import io.cloudtask.model.exchange.ClaimRequest.Claim;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

record SqlClaims(Handle handle) implements Claims {
  /** Two agents that claim the same fire times never wait for each other in a circle. */
  private static final Comparator<Claim> ORDER =
      Comparator.comparing(Claim::jobid).thenComparing(Claim::fireat);

  @Override
  public List<Boolean> claim(String agentkey, List<Claim> claims, Instant now) {
    if (claims.isEmpty()) {
      return List.of();
    }
    try (var batch =
        handle.prepareBatch(
            """
            INSERT INTO claim (jobid, fireat, agentkey, claimedat) VALUES (?, ?, ?, ?)
            ON CONFLICT (jobid, fireat) DO NOTHING
            """)) {
      claims.stream()
          .sorted(ORDER)
          .forEach(claim ->
              batch.add(
                  claim.jobid(), claim.fireat().toEpochMilli(), agentkey, now.toEpochMilli()));
      batch.execute();
    }
    return claims.stream().map(claim -> holds(agentkey, claim.jobid(), claim.fireat())).toList();
  }

  /** Whether the agent has the claim. */
  boolean holds(String agentkey, String jobid, Instant fireat) {
    return handle
        .select(
            "SELECT agentkey FROM claim WHERE jobid = ? AND fireat = ?",
            jobid,
            fireat.toEpochMilli())
        .mapTo(String.class)
        .findOne()
        .filter(agentkey::equals)
        .isPresent();
  }
}
