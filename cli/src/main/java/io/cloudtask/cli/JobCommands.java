package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.WhyView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;

/** {@code job ...}: definitions, what they do next, and why. */
@Command(name = "job", description = "Define, start, stop and explain jobs.")
final class JobCommands {
  private static final String REF = "A job id, or a name that only one job has.";
  private static final String JOBS = "/api/v1/jobs";

  private final Session session;

  JobCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Make the jobs what a file says; print what that changes.")
  void apply(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "A job file in YAML or JSON; - for standard input.")
          String file,
      @Option(names = "--dry-run", description = "Only say what would change.") boolean dryRun,
      @Option(
              names = "--prune",
              description = "Remove the jobs of the file's groups that it does not name.")
          boolean prune)
      throws Failure {
    String query = "?dryrun=" + dryRun + "&prune=" + prune;
    ApplyResult result =
        withPlaces(
            file,
            text ->
                session
                    .api()
                    .post("/api/v1/apply" + query, mediaType(file), text, ApplyResult.class));
    if (session.json()) {
      session.printJson(result);
    } else {
      session.print(Plan.render(result, session.world().colours()));
    }
  }

  @Command(description = "List jobs.")
  void list(
      @Option(names = "--runtime", paramLabel = "NAME", description = "Only of this runtime.")
          @Nullable String runtime,
      @Option(names = "--group", paramLabel = "NAME", description = "Only of this group.")
          @Nullable String group,
      @Option(names = "--name", paramLabel = "TEXT", description = "Only with this in the name.")
          @Nullable String name)
      throws Failure {
    Query query = new Query(JOBS).with("runtime", runtime).with("group", group).with("name", name);
    List<JobView> jobs =
        session
            .api()
            .pages(
                query.with("limit", "500").text(),
                new TypeReference<Page<JobView>>() {},
                Integer.MAX_VALUE);
    if (session.json()) {
      session.printJson(jobs);
    } else {
      session.print(JobPages.table(jobs, session), "jobs");
    }
  }

  @Command(description = "Show a job: definition, state, what it does next.")
  void show(@Parameters(paramLabel = "JOB", description = REF) String job) throws Failure {
    JobView view = session.api().get(path(job), JobView.class);
    if (session.json()) {
      session.printJson(view);
    } else {
      JobPages.describe(view, session);
    }
  }

  @Command(description = "Delete a job. What it ran stays in the ledger.")
  void delete(@Parameters(paramLabel = "JOB", description = REF) String job) throws Failure {
    session.api().delete(path(job));
    done(job, "deleted");
  }

  @Command(description = "Start a run now, unless one is going; print the id of it.")
  void start(
      @Parameters(paramLabel = "JOB", description = REF) String job,
      @Option(
              names = "--request-id",
              paramLabel = "TEXT",
              description = "The same text again starts no second run.")
          @Nullable String requestId)
      throws Failure {
    Started started = session.api().start(path(job) + "/start", requestId, Started.class);
    if (session.json()) {
      session.printJson(started);
    } else {
      session.say(started.runid());
      if (Boolean.FALSE.equals(started.started())) {
        session.world().err().println("no run was started: this one of the job is not over yet");
      }
      if (session.world().errIsTerminal()) {
        session.world().err().println("follow it with: cloudtask run log -f " + started.runid());
      }
    }
  }

  /**
   * What a start answers.
   *
   * @param started false: the run was going already; null from centers that do not say it
   */
  record Started(String runid, @Nullable Boolean started) {}

  @Command(description = "Stop the runs of a job that are going.")
  void stop(@Parameters(paramLabel = "JOB", description = REF) String job) throws Failure {
    session.api().post(path(job) + "/stop");
    done(job, "asked to stop");
  }

  @Command(description = "Let a job be due again.")
  void enable(@Parameters(paramLabel = "JOB", description = REF) String job) throws Failure {
    changed(session.api().post(path(job) + "/enable", JobView.class), "enabled");
  }

  @Command(description = "Let a job not be due; runs that are going go on.")
  void disable(@Parameters(paramLabel = "JOB", description = REF) String job) throws Failure {
    changed(session.api().post(path(job) + "/disable", JobView.class), "disabled");
  }

  @Command(name = "clone", description = "Copy a job under another name; the copy is disabled.")
  void copy(
      @Parameters(paramLabel = "JOB", description = REF) String job,
      @Parameters(paramLabel = "NAME", description = "Of the copy.") String name)
      throws Failure {
    String body = Json.MAPPER.writeValueAsString(Map.of("name", name));
    changed(
        session.api().post(path(job) + "/clone", "application/json", body, JobView.class),
        "created");
  }

  @Command(
      description = "When a job, or each job of a file, is due next, and its schedule in words.")
  void next(
      @Parameters(paramLabel = "JOB", arity = "0..1", description = REF) @Nullable String job,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              description = "A job file that is not applied; - for standard input.")
          @Nullable String file,
      @Option(
              names = {"-n", "--count"},
              paramLabel = "N",
              defaultValue = "10",
              description = "How many fire times (10).")
          int count)
      throws Failure {
    String query = "/next?n=" + count;
    if (job != null && file == null) {
      NextView view = session.api().get(path(job) + query, NextView.class);
      show(view, List.of(view));
    } else if (file != null && job == null) {
      List<NextView> views =
          withPlaces(
              file,
              text ->
                  session
                      .api()
                      .postForList("/api/v1" + query, mediaType(file), text, NextView.class));
      show(views, views);
    } else {
      throw Failure.usage("job next: give either a JOB or -f FILE", null);
    }
  }

  private void show(Object json, List<NextView> views) {
    if (session.json()) {
      session.printJson(json);
    } else {
      session.print(JobPages.next(views));
    }
  }

  @Command(description = "What happened at a due instant, or why not, from the ledger.")
  void why(
      @Parameters(paramLabel = "JOB", description = REF) String job,
      @Option(
              names = "--at",
              required = true,
              paramLabel = "TIME",
              description =
                  "2026-11-24T02:30:00Z, or '2026-11-24 02:30' or 02:30 (today) in this machine's"
                      + " zone.")
          String at)
      throws Failure {
    Instant instant;
    try {
      instant = TimeArgument.parse(at, session.world().clock());
    } catch (IllegalArgumentException e) {
      throw Failure.usage("job why: --at: " + e.getMessage(), e);
    }
    WhyView why = session.api().get(path(job) + "/why?at=" + instant, WhyView.class);
    if (session.json()) {
      session.printJson(why);
    } else {
      JobPages.why(why, session);
    }
  }

  @Command(description = "Print jobs as a job file; to apply it again changes nothing.")
  void export(
      @Parameters(paramLabel = "JOB", arity = "0..1", description = REF) @Nullable String job,
      @Option(names = "--runtime", paramLabel = "NAME", description = "Only of this runtime.")
          @Nullable String runtime,
      @Option(names = "--group", paramLabel = "NAME", description = "Only of this group.")
          @Nullable String group)
      throws Failure {
    Query all = new Query("/api/v1/export").with("runtime", runtime).with("group", group);
    String file = session.api().text(job == null ? all.text() : path(job) + "/export");
    if (session.json()) {
      session.printJson(Map.of("file", file));
    } else {
      session.print(file);
    }
  }

  private interface Request<T> {
    T send(String text) throws Failure;
  }

  /** Sends the text of a file; a refusal's places get the name of the file. */
  private <T> T withPlaces(String file, Request<T> request) throws Failure {
    String text = session.read(file);
    try {
      return request.send(text);
    } catch (Failure e) {
      Problem problem = e.problem();
      if (session.json() || problem == null || problem.errors().isEmpty()) {
        throw e;
      }
      String name = file.equals("-") ? "stdin" : file;
      session.world().err().print(Text.lines(Refusals.places(problem, name)));
      throw new Failure(problem.title(), e);
    }
  }

  private void changed(JobView job, String what) {
    if (session.json()) {
      session.printJson(job);
    } else {
      session.say(what + " " + job.jobid() + " " + Text.line(job.definition().name()));
    }
  }

  private void done(String job, String what) {
    if (session.json()) {
      session.printJson(Map.of("job", job, "done", what));
    } else {
      session.say(what + " " + Text.line(job));
    }
  }

  private static String path(String job) {
    return JOBS + "/" + Api.segment(job);
  }

  private static String mediaType(String file) {
    return file.endsWith(".json") ? "application/json" : "application/yaml";
  }
}
