package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.JobApplication;
import io.cloudtask.center.jobs.JobFile;
import io.cloudtask.center.jobs.JobFileYaml;
import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.store.JobQuery;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Job files: applied, tried out, and written. */
final class FileRoutes {
  private static final long MAX_FILE = 10L * 1024 * 1024;
  static final String YAML = "text/yaml; charset=utf-8";

  private final ApiRoutes.Parts parts;
  private final JobApplication application;

  FileRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
    this.application =
        new JobApplication(
            parts.store(), parts.secrets(), parts.clock(), parts.effects()::jobsChanged);
  }

  List<Route> routes() {
    return List.of(
        Routes.post("/api/v1/apply")
            .allow(Role.editors())
            .scoped()
            .bodyLimit(MAX_FILE)
            .handle(this::apply),
        Routes.post("/api/v1/next")
            .allow(Role.readers())
            .scoped()
            .bodyLimit(MAX_FILE)
            .handle(this::next),
        Routes.get("/api/v1/export").allow(Role.readers()).scoped().handle(this::export),
        Routes.get("/api/v1/jobs/{ref}/export")
            .allow(Role.readers())
            .scoped()
            .handle(this::exportOne));
  }

  private Reply apply(Call call) {
    JobApplication.Wish wish =
        new JobApplication.Wish(call.query().flag("dryrun"), call.query().flag("prune"));
    JobApplication.Author author =
        new JobApplication.Author(
            call.principal().name(), call.address().getHostAddress(), call.sight(), call.scope());
    return switch (application.apply(call.text(), wish, author)) {
      case JobApplication.Outcome.Forbidden() -> Reply.refused(Refusal.forbidden());
      case JobApplication.Outcome.Applied(var result) -> Reply.ok(result);
      case JobApplication.Outcome.Invalid(List<FieldError> errors) -> refused(errors);
      case JobApplication.Outcome.Busy() ->
          Reply.refused(
              Refusal.conflict(
                  "busy", "others kept changing the same jobs; nothing was applied, try again"));
    };
  }

  private static Reply refused(List<FieldError> errors) {
    String count = errors.size() == 1 ? "a mistake" : errors.size() + " mistakes";
    return Reply.refused(
        new Refusal(
            400, "invalid", "the job file has " + count + "; nothing was applied", null, errors));
  }

  private Reply next(Call call) {
    int count = (int) call.query().number("n", 1, JobRoutes.MOST_TIMES, JobRoutes.USUAL_TIMES);
    return switch (application.read(call.text(), call.sight())) {
      case JobFile.Read.Invalid(List<FieldError> errors) -> refused(errors);
      case JobFile.Read.Valid(JobFile file) ->
          Reply.ok(file.jobs().stream().map(job -> next(job, count)).toList());
    };
  }

  private NextView next(JobDefinition job, int count) {
    Instant now = parts.clock().instant();
    JobSchedule schedule = JobSchedule.of(job, parts.clock().getZone());
    return new NextView(
        null,
        job.name(),
        job.enabled(),
        schedule.due().zone().getId(),
        schedule.words(),
        schedule.next(now, count));
  }

  private Reply export(Call call) {
    return parts
        .store()
        .read(tx -> {
          List<String> runtimes =
              tx.runtimes().list().stream()
                  .map(RuntimeRow::name)
                  .filter(call.scope()::touches)
                  .toList();
          String runtime = call.query().text("runtime").orElse(null);
          if (runtime == null && runtimes.size() == 1) {
            runtime = runtimes.getFirst();
          }
          if (runtime == null || !runtimes.contains(runtime)) {
            return Reply.refused(
                Refusal.invalid("runtime", "has to be one of " + String.join(", ", runtimes)));
          }
          return export(tx, call.scope(), runtime, call.query().text("group").orElse(null));
        });
  }

  /** A file holds one group: without a name it is the only one. */
  private static Reply export(Tx tx, Scope scope, String runtime, @Nullable String group) {
    List<JobDefinition> jobs = jobs(tx, scope, runtime, group);
    Set<String> groups = new TreeSet<>();
    jobs.forEach(job -> groups.add(job.group()));
    if (groups.size() > 1) {
      return Reply.refused(
          Refusal.invalid("group", "has to be one of " + String.join(", ", groups)));
    }
    String meant =
        group != null ? group : groups.isEmpty() ? JobFile.DEFAULT_GROUP : groups.iterator().next();
    return yaml(new JobFile(runtime, meant, jobs));
  }

  private static List<JobDefinition> jobs(
      Tx tx, Scope scope, String runtime, @Nullable String group) {
    List<JobDefinition> jobs = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<JobRow> page =
          tx.jobs().list(new JobQuery(scope, runtime, group, null, JobQuery.MAX, after));
      page.items().forEach(row -> jobs.add(row.definition()));
      after = page.next();
    } while (after != null);
    return jobs;
  }

  private Reply exportOne(Call call) {
    JobRow job = parts.store().read(tx -> JobReference.find(tx, call, call.path("ref")));
    JobDefinition definition = job.definition();
    return yaml(new JobFile(definition.runtime(), definition.group(), List.of(definition)));
  }

  private static Reply yaml(JobFile file) {
    return Reply.bytes(YAML, JobFileYaml.write(file).getBytes(StandardCharsets.UTF_8));
  }
}
