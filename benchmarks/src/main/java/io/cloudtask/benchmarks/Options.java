package io.cloudtask.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. Not thread-safe. */
@Command(
    name = "benchmarks/run",
    usageHelpAutoWidth = true,
    description = {
      "Measures how fast and how big Cloudtask is on this machine, each figure beside the limit"
          + " that the same run has measured.",
      "Progress goes to standard error, the tables to standard output.",
      "Exit codes: 0 everything was measured, whether goals are met or not; 1 something was not;"
          + " 2 wrong usage."
    })
final class Options {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "which ones (all); --list names them")
  List<String> names = new ArrayList<>();

  @Option(names = "--quick", description = "fewer samples and smaller sizes: under three minutes")
  boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON, too")
  @Nullable Path json;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "say what got worse by more than a third, as a ratio to its limit, since the results in"
              + " FILE")
  @Nullable Path compare;

  @Option(names = "--list", description = "say which benchmarks there are")
  boolean list;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this")
  boolean help;
}
