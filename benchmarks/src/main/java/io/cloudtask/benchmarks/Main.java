package io.cloudtask.benchmarks;

import io.cloudtask.benchmarks.figure.Comparison;
import io.cloudtask.benchmarks.figure.Page;
import io.cloudtask.benchmarks.figure.Results;
import io.cloudtask.benchmarks.ingest.IngestBenchmark;
import io.cloudtask.benchmarks.inside.PlanBenchmark;
import io.cloudtask.benchmarks.inside.ScheduleBenchmark;
import io.cloudtask.benchmarks.outside.AssignBenchmark;
import io.cloudtask.benchmarks.outside.ConsoleBenchmark;
import io.cloudtask.benchmarks.outside.FailoverBenchmark;
import io.cloudtask.benchmarks.outside.IdleBenchmark;
import io.cloudtask.benchmarks.outside.LatenessBenchmark;
import io.cloudtask.benchmarks.outside.OutputBenchmark;
import io.cloudtask.benchmarks.outside.SoakBenchmark;
import io.cloudtask.benchmarks.outside.SpawnBenchmark;
import io.cloudtask.benchmarks.outside.StartBenchmark;
import io.cloudtask.benchmarks.scale.ScaleBenchmark;
import io.cloudtask.model.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;

/** Runs benchmarks; started by {@code benchmarks/run}. */
public final class Main {
  private static final int INCOMPLETE = 1;
  private static final int WRONG_USAGE = 2;

  /** In the order in which they run: what needs a quiet machine first, what takes long last. */
  private static final List<Benchmark> ALL =
      List.of(
          new LatenessBenchmark(),
          new SpawnBenchmark(),
          new StartBenchmark(),
          new ScheduleBenchmark(),
          new PlanBenchmark(),
          new IngestBenchmark(),
          new OutputBenchmark(),
          new AssignBenchmark(),
          new ConsoleBenchmark(),
          new FailoverBenchmark(),
          new ScaleBenchmark(),
          new IdleBenchmark(),
          new SoakBenchmark());

  private Main() {}

  /** Ends the process; see {@link Options} for the exit codes. */
  public static void main(String[] args) throws IOException {
    System.exit(run(args, System.out, System.err));
  }

  private static int run(String[] args, PrintStream out, PrintStream err) throws IOException {
    Options options = new Options();
    CommandLine line = new CommandLine(options);
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      return wrong(err, String.valueOf(e.getMessage()));
    }
    if (options.help) {
      line.usage(out);
      return 0;
    }
    if (options.list) {
      ALL.forEach(each -> out.printf("%-10s %s%n", each.name(), each.about()));
      return 0;
    }
    List<Benchmark> chosen =
        ALL.stream()
            .filter(each -> options.names.isEmpty() || options.names.contains(each.name()))
            .toList();
    for (String name : options.names) {
      if (ALL.stream().noneMatch(each -> each.name().equals(name))) {
        return wrong(err, "there is no benchmark \"" + name + "\"; --list names them");
      }
    }
    return measure(options, chosen, out, err);
  }

  private static int wrong(PrintStream err, String fault) {
    err.println("benchmarks/run: " + fault);
    err.println("Try 'benchmarks/run --help'.");
    return WRONG_USAGE;
  }

  private static int measure(
      Options options, List<Benchmark> chosen, PrintStream out, PrintStream err)
      throws IOException {
    @Nullable Results before;
    try {
      before = options.compare == null ? null : read(options.compare);
    } catch (IOException | JacksonException e) {
      return wrong(err, "can't read " + options.compare + ": " + e.getMessage());
    }
    // What libraries say of their work is not asked for.
    Logger.getLogger("").setLevel(Level.SEVERE);
    Path home = Path.of(System.getProperty("cloudtask.home", ".")).toAbsolutePath().normalize();
    Results results = new Course(home, options.quick, err).run(chosen);
    print(results, out);
    if (options.json != null) {
      Files.writeString(
          options.json,
          Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(results) + "\n");
    }
    if (before != null) {
      out.println();
      out.print(Page.worse(Comparison.worse(before, results)));
    }
    return results.missing().isEmpty() ? 0 : INCOMPLETE;
  }

  private static Results read(Path file) throws IOException {
    return Json.MAPPER.readValue(Files.readString(file), Results.class);
  }

  private static void print(Results results, PrintStream out) {
    out.print(Page.figures(results.figures()));
    if (!results.growth().isEmpty()) {
      out.println();
      out.print(Page.growth(results.growth()));
    }
    results
        .missing()
        .forEach(each -> out.printf("%nnot measured: %s: %s%n", each.name(), each.reason()));
    if (results.machine().wasBusyBefore()) {
      out.printf(
          "%nThe machine was busy before this began (load %.2f on %d cores): these are no"
              + " results.%n",
          results.machine().loadBefore(), results.machine().cores());
    }
  }
}
