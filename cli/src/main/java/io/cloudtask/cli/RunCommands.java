package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;

/** {@code run ...}: what ran, and what it printed. */
@Command(name = "run", description = "See what ran and what it printed.")
final class RunCommands {
  private static final String REF = "A run id, or a job, which means its newest run.";
  private static final String RUNS = "/api/v1/runs";
  private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{32}");

  private final Session session;

  RunCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List runs, newest first.")
  void list(
      @Option(names = "--job", paramLabel = "JOB", description = "Only of this job.")
          @Nullable String job,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only in this state: ${COMPLETION-CANDIDATES}.")
          @Nullable RunState state,
      @Option(
              names = {"-n", "--limit"},
              paramLabel = "N",
              defaultValue = "50",
              description = "How many (50).")
          int limit)
      throws Failure {
    if (limit < 1) {
      throw Failure.usage("run list: --limit " + limit + " is no number of runs: 1 or more", null);
    }
    Query query =
        new Query(RUNS)
            .with("job", job)
            .with("state", state == null ? null : state.name().toLowerCase(Locale.ROOT))
            .with("limit", Integer.toString(Math.min(limit, 500)));
    List<RunView> runs = runs(query, limit);
    if (session.json()) {
      session.printJson(runs);
    } else {
      session.print(table(runs), "runs");
    }
  }

  @Command(description = "Show a run.")
  void show(@Parameters(paramLabel = "RUN", description = REF) String ref) throws Failure {
    RunView view = session.api().get(RUNS + "/" + find(ref), RunView.class);
    if (session.json()) {
      session.printJson(view);
    } else {
      describe(view);
    }
  }

  @Command(description = "Stop a run.")
  void stop(@Parameters(paramLabel = "RUN", description = REF) String ref) throws Failure {
    String run = find(ref);
    session.api().post(RUNS + "/" + run + "/stop");
    if (session.json()) {
      session.printJson(Map.of("run", run, "done", "asked to stop"));
    } else {
      session.say("asked to stop " + run);
    }
  }

  @Command(description = "Print what a run printed.")
  void log(
      @Parameters(paramLabel = "RUN", description = REF) String ref,
      @Option(names = "--stderr", description = "Its standard error instead of its output.")
          boolean stderr,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on until the run ends.")
          boolean follow)
      throws Failure {
    new OutputReader(session).copy(find(ref), stderr ? "stderr" : "stdout", follow);
  }

  private List<RunView> runs(Query query, int limit) throws Failure {
    return session.api().pages(query.text(), new TypeReference<Page<RunView>>() {}, limit);
  }

  private String find(String ref) throws Failure {
    if (RUN_ID.matcher(ref).matches()) {
      return ref;
    }
    List<RunView> newest = runs(new Query(RUNS).with("job", ref).with("limit", "1"), 1);
    if (newest.isEmpty()) {
      throw new Failure("job " + ref + " has no runs yet");
    }
    return newest.getFirst().runid();
  }

  private Table table(List<RunView> runs) {
    Table table =
        new Table(
            Column.of("RUN"),
            Column.of("JOB").cutTo(12),
            Column.of("STATE"),
            Column.of("TRIGGER").spare(4),
            Column.of("STARTED"),
            Column.of("LATE").spare(1),
            Column.of("TOOK").spare(2),
            Column.of("EXIT"),
            Column.of("AGENT").cutTo(12).spare(3));
    for (RunView run : runs) {
      table.add(
          run.runid(),
          run.jobname(),
          JobPages.lower(run.state()).replace('_', ' '),
          JobPages.lower(run.trigger()),
          session.preciseTime(run.startedat()),
          Text.millis(run.latenessms()),
          Text.duration(run.durationms()),
          exit(run),
          run.agent());
    }
    return table;
  }

  private static String exit(RunView run) {
    if (run.signal() != null) {
      return "signal " + run.signal();
    }
    return run.exitcode() == null ? Text.NONE : run.exitcode().toString();
  }

  private void describe(RunView run) {
    ZoneId zone = session.world().zone();
    session.field("run", run.runid());
    session.field("job", run.jobname() + " (" + run.jobid() + ", version " + run.version() + ")");
    session.field("state", JobPages.lower(run.state()).replace('_', ' '));
    if (!run.reason().isEmpty()) {
      session.field("because", run.reason());
    }
    session.field("trigger", JobPages.lower(run.trigger()) + ", attempt " + run.attempt());
    session.field("due", Text.time(run.fireat(), zone));
    session.field("started", Text.preciseTime(run.startedat(), zone));
    session.field("ended", Text.preciseTime(run.endedat(), zone));
    session.field("late", Text.millis(run.latenessms()));
    session.field("took", Text.duration(run.durationms()));
    session.field("exit", exit(run));
    session.field("agent", run.agent() + " (" + run.agentkey() + ")");
    for (RunView.Output output : run.outputs()) {
      String cut =
          output.cutto() > output.cutfrom()
              ? ", bytes " + output.cutfrom() + " to " + output.cutto() + " dropped"
              : "";
      session.field(output.stream(), Text.size(output.size()) + cut);
    }
  }
}
