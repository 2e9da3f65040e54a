package io.cloudtask.model.exchange;

import java.time.Instant;
import java.util.List;

/**
 * An agent asks for the right to start fire times of jobs whose guarantee is {@link
 * io.cloudtask.model.Guarantee#CLAIMED}.
 *
 * @param incarnation of the agent process
 */
public record ClaimRequest(String incarnation, List<Claim> claims) {
  public ClaimRequest {
    claims = List.copyOf(claims);
  }

  /** One fire time of a job. */
  public record Claim(String jobid, Instant fireat) {}
}
