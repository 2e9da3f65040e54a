package io.cloudtask.center.api;

import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Question;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.model.Ids;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How people name a job: by its id, or by a name that only one job has of those that they may see.
 */
final class JobReference {
  private JobReference() {}

  /**
   * The job, for a caller who may do with it what the route does.
   *
   * @throws RefusedException when there is none for him, or several; the message names them
   */
  static JobRow find(Tx tx, Call call, String reference) {
    return find(tx, call.question(), reference);
  }

  /** The same, for an answer that is shared. */
  static JobRow find(Tx tx, Question asked, String reference) {
    JobRow job = known(tx, asked, reference);
    asked.require(job.definition().runtime(), job.definition().group(), unknown(reference));
    return job;
  }

  private static JobRow known(Tx tx, Question asked, String reference) {
    if (Ids.isJobId(reference)) {
      return tx.jobs().find(reference).orElseThrow(() -> new RefusedException(unknown(reference)));
    }
    List<JobRow> named = tx.jobs().named(asked.sight(), reference);
    if (named.isEmpty()) {
      throw new RefusedException(unknown(reference));
    }
    if (named.size() > 1) {
      String ids =
          named.stream()
              .limit(10)
              .map(job -> job.jobid() + " (" + place(job) + ")")
              .collect(Collectors.joining(", "));
      throw new RefusedException(
          Refusal.conflict(
              "ambiguous", "several jobs are called \"" + reference + "\"; use an id: " + ids));
    }
    return named.getFirst();
  }

  private static String place(JobRow job) {
    return job.definition().runtime() + "/" + job.definition().group();
  }

  private static Refusal unknown(String reference) {
    return Refusal.notFound("there is no job with the id or name \"" + reference + "\"");
  }
}
