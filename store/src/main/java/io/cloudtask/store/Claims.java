package io.cloudtask.store;

import io.cloudtask.model.exchange.ClaimRequest.Claim;
import java.time.Instant;
import java.util.List;

/** Rights to start fire times of jobs whose guarantee is claimed: at most one agent has each. */
public interface Claims {
  /**
   * Claims fire times for an agent; whoever comes first has it, and has it for good.
   *
   * @return in the order of the claims, whether the agent has it, from now or from before
   */
  List<Boolean> claim(String agentkey, List<Claim> claims, Instant now);
}
