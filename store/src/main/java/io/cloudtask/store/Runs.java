package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import java.util.Optional;

/** The runs, also those of jobs that were deleted. */
public interface Runs {
  Optional<RunView> find(String runid);

  /** Newest first, by fire time (by time of the request for a run by hand). */
  Page<RunView> list(RunQuery query);
}
