package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.JobFile;
import io.cloudtask.center.jobs.JobFileYaml;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobVersionItem;
import io.cloudtask.model.rest.JobVersionView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import io.cloudtask.store.VersionRow;
import java.util.List;

/** The versions that a job had. */
final class JobVersionRoutes {
  private static final String VERSIONS = "/api/v1/jobs/{ref}/versions";

  private final ApiRoutes.Parts parts;
  private final JobChangeRoutes changes;

  /** The body of a revert request. */
  record RevertRequest(long version) {}

  JobVersionRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
    this.changes = new JobChangeRoutes(parts);
  }

  List<Route> routes() {
    return List.of(
        Routes.get(VERSIONS).allow(Role.readers()).scoped().handle(this::list),
        Routes.get(VERSIONS + "/{n}").allow(Role.readers()).scoped().handle(this::show),
        Routes.post("/api/v1/jobs/{ref}/revert")
            .allow(Role.editors())
            .scoped()
            .handle(this::revert));
  }

  private Reply list(Call call) {
    int limit = Paging.of(call.query()).limit();
    long before = call.query().number("after", 1, Long.MAX_VALUE, Long.MAX_VALUE);
    return Reply.ok(
        parts
            .store()
            .read(tx -> {
              JobRow job = JobReference.find(tx, call, call.path("ref"));
              List<JobVersionItem> items =
                  tx.jobs().versions(job.jobid()).reversed().stream()
                      .filter(row -> row.version() < before)
                      .limit(limit + 1L)
                      .map(row -> item(row, job))
                      .toList();
              return items.size() <= limit
                  ? new Page<>(items, null)
                  : new Page<>(
                      items.subList(0, limit), Long.toString(items.get(limit - 1).version()));
            }));
  }

  private static JobVersionItem item(VersionRow row, JobRow job) {
    return new JobVersionItem(
        row.version(), row.edituser(), row.editat(), row.version() == job.version());
  }

  private Reply show(Call call) {
    long version = number(call.path("n"));
    return Reply.ok(
        parts
            .store()
            .read(tx -> {
              JobRow job = JobReference.find(tx, call, call.path("ref"));
              return view(find(tx, job, version), job);
            }));
  }

  private static JobVersionView view(VersionRow row, JobRow job) {
    JobDefinition d = Secrets.masked(row.definition());
    return new JobVersionView(
        job.jobid(),
        row.version(),
        row.edituser(),
        row.editat(),
        row.version() == job.version(),
        d,
        JobFileYaml.write(new JobFile(d.runtime(), d.group(), List.of(d))));
  }

  private static long number(String text) {
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    throw new RefusedException(Refusal.notFound("there is no version " + text));
  }

  private static VersionRow find(Tx tx, JobRow job, long version) {
    return tx.jobs()
        .version(job.jobid(), version)
        .orElseThrow(
            () -> new RefusedException(Refusal.notFound("the job has no version " + version)));
  }

  private Reply revert(Call call) {
    long version = call.json(RevertRequest.class).version();
    record Found(String jobid, JobDefinition definition) {}
    Found found =
        parts
            .store()
            .read(tx -> {
              JobRow job = JobReference.find(tx, call, call.path("ref"));
              JobDefinition former = find(tx, job, version).definition();
              call.require(former.runtime(), former.group(), Refusal.forbidden());
              return new Found(job.jobid(), former);
            });
    return changes.reverted(call, found.jobid(), found.definition());
  }
}
