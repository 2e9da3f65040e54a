package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.BulkRequest;
import io.cloudtask.model.rest.BulkResult;
import io.cloudtask.store.JobRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The same for many jobs: every one is tried, and what came of it is said. */
final class BulkRoutes {
  private static final int MOST = 1000;
  private static final Set<String> ACTIONS =
      new TreeSet<>(Set.of("enable", "disable", "start", "stop", "delete", "package"));

  private final ApiRoutes.Parts parts;

  BulkRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(Routes.post("/api/v1/bulk").allow(Role.operators()).handle(this::bulk));
  }

  /** Does it to one job. */
  @FunctionalInterface
  private interface Deed {
    Reply to(String jobid);
  }

  private Reply bulk(Call call) {
    BulkRequest request = call.json(BulkRequest.class);
    List<String> jobs = request.jobs();
    if (jobs == null || jobs.isEmpty() || jobs.size() > MOST) {
      return Reply.refused(Refusal.invalid("jobs", "are not 1 to " + MOST));
    }
    Set<String> agents = new TreeSet<>();
    Deed deed = deed(call, request, agents);
    List<BulkResult> results = new ArrayList<>();
    jobs.forEach(job -> results.add(result(job, deed)));
    parts.effects().jobsChanged(agents);
    return Reply.ok(results);
  }

  private Deed deed(Call call, BulkRequest request, Set<String> agents) {
    // Jobs are placed once, after all of them have changed.
    ApiRoutes.Parts gathering =
        new ApiRoutes.Parts(
            parts.store(), parts.agents(), agents::addAll, parts.cluster(), parts.clock());
    JobChangeRoutes changes = new JobChangeRoutes(gathering);
    ActionRoutes actions = new ActionRoutes(gathering);
    String action = request.action() == null ? "" : request.action();
    if (!Set.of("start", "stop").contains(action)
        && !call.principal().mayEverywhere(Role.editors())) {
      throw new RefusedException(
          Refusal.of(403, "forbidden", "your role does not allow this action"));
    }
    return switch (action) {
      case "enable" -> job -> changes.enabled(call, job, true);
      case "disable" -> job -> changes.enabled(call, job, false);
      case "start" -> job -> actions.start(call, job);
      case "stop" -> job -> actions.stop(call, job);
      case "delete" -> job -> changes.delete(call, job);
      case "package" -> {
        String filename = known(request.filename());
        yield job -> changes.packaged(call, job, filename);
      }
      default ->
          throw new RefusedException(
              Refusal.invalid("action", "is not one of " + String.join(", ", ACTIONS)));
    };
  }

  private String known(@Nullable String filename) {
    if (filename == null || parts.store().read(tx -> tx.packages().find(filename)).isEmpty()) {
      throw new RefusedException(
          Refusal.invalid("package", "is not there; upload it first, then name it here"));
    }
    return filename;
  }

  private BulkResult result(String reference, Deed deed) {
    String name = "";
    try {
      JobRow job = parts.store().read(tx -> JobReference.find(tx, reference));
      name = job.definition().name();
      Reply reply = deed.to(job.jobid());
      return reply.body() instanceof Reply.Body.Refused(Refusal refusal)
          ? new BulkResult(reference, name, false, refusal.message())
          : new BulkResult(reference, name, true, null);
    } catch (RefusedException e) {
      return new BulkResult(reference, name, false, e.refusal().message());
    }
  }
}
