package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.Names;
import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Jobs.Written;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jobs, changed one at a time. */
final class JobChangeRoutes {
  private final ApiRoutes.Parts parts;

  /** The body of a clone request. */
  record CloneRequest(@Nullable String name) {}

  JobChangeRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.delete("/api/v1/jobs/{ref}")
            .allow(Role.editors())
            .scoped()
            .handle(call -> delete(call, call.path("ref"))),
        Routes.post("/api/v1/jobs/{ref}/enable")
            .allow(Role.editors())
            .scoped()
            .handle(call -> enabled(call, call.path("ref"), true)),
        Routes.post("/api/v1/jobs/{ref}/disable")
            .allow(Role.editors())
            .scoped()
            .handle(call -> enabled(call, call.path("ref"), false)),
        Routes.post("/api/v1/jobs/{ref}/clone")
            .allow(Role.editors())
            .scoped()
            .handle(this::cloned));
  }

  Reply delete(Call call, String ref) {
    changed(
        call,
        ref,
        (tx, job) -> {
          Instant now = parts.clock().instant();
          UnheldJobs.close(tx, job.jobid(), now, parts.clock().getZone());
          tx.jobs().delete(job.jobid(), call.principal().name(), now);
          audit(tx, call, "job.remove", job);
          return job;
        });
    return Reply.empty(204);
  }

  Reply enabled(Call call, String ref, boolean value) {
    JobRow row =
        redefined(call, ref, job -> job.withEnabled(value), value ? "job.enable" : "job.disable");
    return Reply.ok(view(call, row.jobid()));
  }

  Reply packaged(Call call, String ref, String filename) {
    JobRow row = redefined(call, ref, job -> job.withFilename(filename), "job.change");
    return Reply.ok(view(call, row.jobid()));
  }

  /** The job as it once was, as its newest version. */
  Reply reverted(Call call, String ref, JobDefinition former) {
    JobRow row = redefined(call, ref, job -> former, "job.revert");
    return JobRoutes.tagged(200, view(call, row.jobid()));
  }

  private JobRow redefined(
      Call call, String ref, UnaryOperator<JobDefinition> change, String what) {
    return changed(
        call,
        ref,
        (tx, job) -> {
          JobDefinition wanted = change.apply(job.definition());
          if (job.definition().equals(wanted)) {
            return job;
          }
          Instant now = parts.clock().instant();
          UnheldJobs.close(tx, job.jobid(), now, parts.clock().getZone());
          String user = call.principal().name();
          JobRow changed = written(tx.jobs().change(job.jobid(), job.version(), wanted, user, now));
          audit(tx, call, what, changed);
          return changed;
        });
  }

  private Reply cloned(Call call) {
    String name = Optional.ofNullable(call.json(CloneRequest.class).name()).orElse("");
    Optional<String> problem = Names.refusedJobName(name);
    if (problem.isPresent()) {
      return Reply.refused(Refusal.invalid("name", problem.get()));
    }
    JobRow row =
        changed(
            call,
            call.path("ref"),
            (tx, job) -> {
              Instant now = parts.clock().instant();
              JobDefinition copy = job.definition().withName(name).withEnabled(false);
              JobRow made =
                  written(tx.jobs().create(Ids.newJobId(now), copy, call.principal().name(), now));
              audit(tx, call, "job.clone", made);
              return made;
            });
    return Reply.json(201, view(call, row.jobid()));
  }

  /** Changes a job in one transaction, then has its agent told. */
  private JobRow changed(Call call, String ref, BiFunction<Tx, JobRow, JobRow> change) {
    JobRow row = parts.store().write(tx -> change.apply(tx, JobReference.find(tx, call, ref)));
    String agent = row.agentkey();
    parts.effects().jobsChanged(agent == null ? Set.of() : Set.of(agent));
    return row;
  }

  private JobView view(Call call, String jobid) {
    Instant now = parts.clock().instant();
    return parts
        .store()
        .read(tx ->
            new JobViews(tx, now, parts.clock().getZone())
                .view(JobReference.find(tx, call, jobid)));
  }

  static JobRow written(Written written) {
    return switch (written) {
      case Written.Done(JobRow job) -> job;
      case Written.NameTaken(String jobid) ->
          throw new RefusedException(
              Refusal.conflict(
                  "name-taken",
                  "the group has a job of that name already (" + jobid + "); choose another name"));
      case Written.Stale(long version) ->
          throw new RefusedException(
              Refusal.conflict("stale", "the job was changed meanwhile to version " + version));
      case Written.UnknownJob() ->
          throw new RefusedException(Refusal.notFound("the job was removed meanwhile"));
      case Written.UnknownRuntime() ->
          throw new RefusedException(
              Refusal.conflict("unknown-runtime", "the runtime of the job is gone"));
    };
  }

  private void audit(Tx tx, Call call, String what, JobRow job) {
    String detail = job.definition().name() + ", version " + job.version();
    tx.audit().add(call.audit(parts.clock().instant(), what, job.jobid(), detail));
  }
}
