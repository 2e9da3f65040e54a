package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import java.time.Instant;
import java.util.Optional;

/** The runs, also those of jobs that were deleted. */
public interface Runs {
  Optional<RunView> find(String runid);

  /** Newest first, by fire time (by time of the request for a run by hand). */
  Page<RunView> list(RunQuery query);

  /** Those that are searched, in the order of their fire times. */
  Page<RunView> search(RunSearch search);

  /**
   * Ends runs that were going on agents taken for dead before an instant, as LOST. When such an
   * agent comes back and tells how they really ended, that stands.
   *
   * @return how many, at most {@code limit}
   */
  int presumeLost(Instant fencedBefore, int limit, Instant now);
}
