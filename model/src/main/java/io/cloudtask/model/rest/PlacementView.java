package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is, and why.
 *
 * @param agent host name of its holder; null while nobody holds it
 * @param since when it got the job
 * @param reason why nobody can take it; ""
 * @param eligible who could take it now, its holder included
 * @param refused who can't, and why
 */
public record PlacementView(
    @Nullable String agentkey,
    @Nullable String agent,
    @Nullable Instant since,
    String reason,
    List<Eligible> eligible,
    List<Refused> refused) {
  /** An agent that could hold the job, and how full it is. */
  public record Eligible(String key, String hostname, long jobs, long capacity) {}

  /** An agent that could not. */
  public record Refused(String key, String hostname, String reason) {}
}
