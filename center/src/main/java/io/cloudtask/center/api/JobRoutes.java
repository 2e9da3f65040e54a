package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.center.runs.Why;
import io.cloudtask.center.runs.WhyFacts;
import io.cloudtask.center.runs.WhyReader;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.store.JobRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Jobs, looked at. */
final class JobRoutes {
  static final int USUAL_TIMES = 10;
  static final int MOST_TIMES = 1000;

  private final ApiRoutes.Parts parts;
  private final ZoneId zone;

  JobRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
    this.zone = parts.clock().getZone();
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/jobs/{ref}").allow(Role.readers()).scoped().handle(this::show),
        Routes.get("/api/v1/jobs/{ref}/next").allow(Role.readers()).scoped().handle(this::next),
        Routes.get("/api/v1/jobs/{ref}/why").allow(Role.readers()).scoped().handle(this::why));
  }

  private Reply show(Call call) {
    Instant now = parts.clock().instant();
    return tagged(
        200,
        parts
            .store()
            .read(tx ->
                new JobViews(tx, now, zone).view(JobReference.find(tx, call, call.path("ref")))));
  }

  /** A job with its version as the tag by which a change names what it is based on. */
  static Reply tagged(int status, JobView view) {
    return Reply.json(status, view).with("ETag", "\"" + view.version() + "\"");
  }

  private Reply next(Call call) {
    int count = (int) call.query().number("n", 1, MOST_TIMES, USUAL_TIMES);
    Instant now = parts.clock().instant();
    record Found(JobRow job, ZoneId host) {}
    Found found =
        parts
            .store()
            .read(tx -> {
              JobRow job = JobReference.find(tx, call, call.path("ref"));
              return new Found(job, WhyReader.hostZone(tx, job, now, zone));
            });
    JobSchedule schedule = JobSchedule.of(found.job().definition(), found.host());
    return Reply.ok(
        new NextView(
            found.job().jobid(),
            found.job().definition().name(),
            found.job().definition().enabled(),
            schedule.due().zone().getId(),
            schedule.words(),
            schedule.next(now, count)));
  }

  private Reply why(Call call) {
    Instant at =
        call.query()
            .instant("at")
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.invalid("at", "is missing; write at=2026-03-01T02:30:00Z")));
    WhyFacts facts =
        parts
            .store()
            .read(
                tx -> WhyReader.read(tx, JobReference.find(tx, call, call.path("ref")), at, zone));
    return Reply.ok(Why.explain(facts, parts.clock().instant()));
  }
}
