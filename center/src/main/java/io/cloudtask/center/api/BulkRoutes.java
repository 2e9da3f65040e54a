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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The same for many jobs: every one is tried, and what came of it is said. */
final class BulkRoutes {
  private static final int MOST = 1000;
  private final ApiRoutes.Parts parts;

  BulkRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.post("/api/v1/bulk/jobs")
            .allow(Role.editors())
            .scoped()
            .handle(call -> bulk(call, this::change)),
        Routes.post("/api/v1/bulk/runs")
            .allow(Role.operators())
            .scoped()
            .handle(call -> bulk(call, this::action)));
  }

  /** Does it to one job. */
  @FunctionalInterface
  private interface Deed {
    Reply to(String jobid);
  }

  /** Finds out what is to be done. */
  @FunctionalInterface
  private interface Reading {
    Deed of(Call call, BulkRequest request, ApiRoutes.Parts parts);
  }

  private Reply bulk(Call call, Reading reading) {
    BulkRequest request = call.json(BulkRequest.class);
    List<String> jobs = request.jobs();
    if (jobs == null || jobs.isEmpty() || jobs.size() > MOST) {
      return Reply.refused(Refusal.invalid("jobs", "are not 1 to " + MOST));
    }
    int none = jobs.indexOf(null);
    if (none >= 0) {
      return Reply.refused(Refusal.invalid("jobs[" + none + "]", "is null"));
    }
    // Jobs are placed once, after all of them have changed.
    Set<String> agents = new TreeSet<>();
    ApiRoutes.Parts gathering =
        new ApiRoutes.Parts(
            parts.store(),
            parts.agents(),
            agents::addAll,
            parts.cluster(),
            parts.secrets(),
            parts.clock());
    Deed deed = reading.of(call, request, gathering);
    List<BulkResult> results = new ArrayList<>();
    jobs.forEach(job -> results.add(result(call, job, deed)));
    parts.effects().jobsChanged(agents);
    return Reply.ok(results);
  }

  private Deed change(Call call, BulkRequest request, ApiRoutes.Parts gathering) {
    JobChangeRoutes changes = new JobChangeRoutes(gathering);
    return switch (Objects.requireNonNullElse(request.action(), "")) {
      case "enable" -> job -> changes.enabled(call, job, true);
      case "disable" -> job -> changes.enabled(call, job, false);
      case "delete" -> job -> changes.delete(call, job);
      case "package" -> {
        String filename = known(call, request.filename());
        yield job -> changes.packaged(call, job, filename);
      }
      default -> throw unknown("enable, disable, delete, package");
    };
  }

  private Deed action(Call call, BulkRequest request, ApiRoutes.Parts gathering) {
    ActionRoutes actions = new ActionRoutes(gathering);
    return switch (Objects.requireNonNullElse(request.action(), "")) {
      case "start" -> job -> actions.start(call, job);
      case "stop" -> job -> actions.stop(call, job);
      default -> throw unknown("start, stop");
    };
  }

  private static RefusedException unknown(String actions) {
    return new RefusedException(Refusal.invalid("action", "is not one of " + actions));
  }

  private String known(Call call, @Nullable String filename) {
    if (filename == null
        || parts.store().read(tx -> tx.packages().find(call.sight(), filename)).isEmpty()) {
      throw new RefusedException(
          Refusal.invalid("package", "is not there; upload it first, then name it here"));
    }
    return filename;
  }

  private BulkResult result(Call call, String reference, Deed deed) {
    String name = "";
    try {
      JobRow job = parts.store().read(tx -> JobReference.find(tx, call, reference));
      name = job.definition().name();
      String refusal = refusal(deed.to(job.jobid()));
      return new BulkResult(reference, name, refusal == null, refusal);
    } catch (RefusedException e) {
      return new BulkResult(reference, name, false, e.refusal().message());
    }
  }

  /** Why it was not done; null when it was. */
  private static @Nullable String refusal(Reply reply) {
    return switch (reply.body()) {
      case Reply.Body.Refused(Refusal refusal) -> refusal.message();
      case Reply.Body.Json(ActionRoutes.Started(String runid, boolean started)) when !started ->
          "it runs already, run " + runid;
      default -> null;
    };
  }
}
