package io.cloudtask.center.api;

import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.store.Jobs;
import io.cloudtask.store.Tx;

/** A run is where its job is, or was when it was deleted. */
final class RunReference {
  private RunReference() {}

  /**
   * The run, for a caller who may do with it what the route does.
   *
   * @throws RefusedException when there is none for him
   */
  static RunView find(Tx tx, Call call, String runid) {
    Refusal unknown = Refusal.notFound("there is no run " + runid);
    RunView run = tx.runs().find(runid).orElseThrow(() -> new RefusedException(unknown));
    Jobs.Place place = tx.jobs().place(run.jobid()).orElse(Jobs.Place.NOWHERE);
    call.require(place.runtime(), place.group(), unknown);
    return run;
  }
}
