package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.Differences;
import io.cloudtask.center.jobs.JobFile;
import io.cloudtask.center.jobs.JobFileYaml;
import io.cloudtask.center.jobs.JobForm;
import io.cloudtask.center.jobs.Surroundings;
import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobCheck;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.model.rest.SchedulePreview;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jobs, made and changed by forms. */
final class JobFormRoutes {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final int TIMES = 10;
  private static final int MOST_TIMES = 100;

  private final ApiRoutes.Parts parts;
  private final JobForms forms;
  private final JobForms tried;

  JobFormRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
    this.forms = new JobForms(parts.secrets(), parts.clock());
    this.tried = new JobForms(Secrets.TRIED, parts.clock());
  }

  List<Route> routes() {
    return List.of(
        Routes.post("/api/v1/jobs").allow(Role.editors()).scoped().handle(this::create),
        Routes.put("/api/v1/jobs/{ref}").allow(Role.editors()).scoped().handle(this::change),
        Routes.post("/api/v1/jobs/check").allow(Role.readers()).scoped().handle(this::check),
        Routes.post("/api/v1/schedules/preview")
            .allow(Role.readers())
            .scoped()
            .handle(this::preview));
  }

  private Reply create(Call call) {
    JobForm form = JobForm.of(call.json(ObjectNode.class));
    String key = call.header("Idempotency-Key").orElse("");
    if (!key.isEmpty() && !KEY.matcher(key).matches()) {
      return Reply.refused(
          Refusal.invalid("Idempotency-Key", "is not 1 to 128 printable characters"));
    }
    Instant now = parts.clock().instant();
    String jobid = parts.store().write(tx -> created(tx, call, form, key, now));
    parts.effects().jobsChanged(Set.of());
    return JobRoutes.tagged(201, view(call, jobid));
  }

  private String created(Tx tx, Call call, JobForm form, String key, Instant now) {
    String user = call.principal().name();
    String fresh = Ids.newJobId(now);
    String jobid =
        key.isEmpty() ? fresh : tx.requests().once("job/" + user + "/" + key, fresh, now);
    if (jobid.equals(fresh)) {
      JobDefinition wanted = forms.definition(tx, call, form, null);
      JobRow made = JobChangeRoutes.written(tx.jobs().create(jobid, wanted, user, now));
      audit(tx, call, "job.create", made);
    }
    return jobid;
  }

  private Reply change(Call call) {
    JobForm form = JobForm.of(call.json(ObjectNode.class));
    String tag =
        call.header("If-Match")
            .map(value -> value.strip().replaceFirst("^W/", ""))
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.of(
                        428,
                        "condition-missing",
                        "send the ETag of the job that was edited as If-Match")));
    record Changed(JobRow before, @Nullable JobRow after) {}
    Changed changed =
        parts
            .store()
            .write(tx -> {
              JobRow before = JobReference.find(tx, call, call.path("ref"));
              return tag.equals("\"" + before.version() + "\"")
                  ? new Changed(before, changed(tx, call, form, before))
                  : new Changed(before, null);
            });
    if (changed.after() == null) {
      return JobRoutes.tagged(412, view(call, changed.before().jobid()));
    }
    tell(changed.after());
    return JobRoutes.tagged(200, view(call, changed.before().jobid()));
  }

  private void tell(JobRow row) {
    String agent = row.agentkey();
    parts.effects().jobsChanged(agent == null ? Set.of() : Set.of(agent));
  }

  private JobRow changed(Tx tx, Call call, JobForm form, JobRow before) {
    JobDefinition wanted = forms.definition(tx, call, form, before);
    if (wanted.equals(before.definition())) {
      return before;
    }
    Instant now = parts.clock().instant();
    UnheldJobs.close(tx, before.jobid(), now, parts.clock().getZone());
    String user = call.principal().name();
    JobRow row =
        JobChangeRoutes.written(
            tx.jobs().change(before.jobid(), before.version(), wanted, user, now));
    audit(tx, call, "job.change", row);
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

  private Reply check(Call call) {
    JobForm form = JobForm.of(call.json(ObjectNode.class));
    record Checked(@Nullable JobRow before, JobForm.Read read) {}
    Checked checked =
        parts
            .store()
            .read(tx -> {
              JobRow before =
                  call.query()
                      .text("job")
                      .map(ref -> JobReference.find(tx, call, ref))
                      .orElse(null);
              return new Checked(before, tried.read(tx, call, form, before));
            });
    return Reply.ok(
        switch (checked.read()) {
          case JobForm.Read.Invalid(List<FieldError> errors) ->
              new JobCheck(errors, List.of(), List.of(), List.of(), "", "");
          case JobForm.Read.Valid(JobDefinition wanted) -> checked(wanted, checked.before());
        });
  }

  private JobCheck checked(JobDefinition wanted, @Nullable JobRow before) {
    JobSchedule schedule = JobSchedule.of(wanted, parts.clock().getZone());
    return new JobCheck(
        List.of(),
        before == null ? List.of() : Differences.of(before.definition(), wanted),
        schedule.words(),
        schedule.next(parts.clock().instant(), TIMES),
        schedule.due().zone().getId(),
        JobFileYaml.write(new JobFile(wanted.runtime(), wanted.group(), List.of(wanted))));
  }

  private Reply preview(Call call) {
    ObjectNode request = call.json(ObjectNode.class);
    JsonNode count = request.get("count");
    int times = count == null || count.isNull() ? TIMES : count.asInt(0);
    if (times < 1 || times > MOST_TIMES) {
      return Reply.refused(Refusal.invalid("count", "is not 1 to " + MOST_TIMES));
    }
    ObjectNode job =
        JsonNodeFactory.instance.objectNode().put("name", "preview").put("command", ":");
    for (String key : List.of("schedules", "timezone")) {
      JsonNode value = request.get(key);
      if (value != null) {
        job.set(key, value);
      }
    }
    Surroundings alone =
        new Surroundings(
            parts.clock().instant(),
            parts.clock().getZone(),
            List.of("preview"),
            name -> true,
            Secrets.TRIED,
            Map.of());
    return switch (JobForm.of(job).judge(alone)) {
      case JobForm.Read.Invalid(List<FieldError> errors) ->
          Reply.refused(new Refusal(400, "invalid", "the schedules can't be used", null, errors));
      case JobForm.Read.Valid(JobDefinition wanted) -> Reply.ok(preview(wanted, times));
    };
  }

  private SchedulePreview preview(JobDefinition wanted, int times) {
    JobSchedule schedule = JobSchedule.of(wanted, parts.clock().getZone());
    return new SchedulePreview(
        schedule.words(),
        schedule.next(parts.clock().instant(), times),
        schedule.due().zone().getId());
  }

  private void audit(Tx tx, Call call, String what, JobRow job) {
    String detail = job.definition().name() + ", version " + job.version();
    tx.audit().add(call.audit(parts.clock().instant(), what, job.jobid(), detail));
  }
}
