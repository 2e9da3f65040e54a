package io.cloudtask.simulation;

import io.cloudtask.simulation.cluster.Mutant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. Not thread-safe. */
@Command(
    name = "cloudtask simulate",
    usageHelpAutoWidth = true,
    description = {
      "Runs clusters in a pretended world with faults, one for each seed, and checks every"
          + " promise.",
      "A seed gives the same world each time. Progress goes to standard error.",
      "Exit codes: 0 all promises were kept (with --mutants: every mutant was caught), 1 not so,"
          + " 2 wrong usage."
    })
final class Options {
  private static final long FEW = 1;
  private static final long MANY = 10_000;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "how many worlds (1; with --mutants at most 10000 for each)")
  @Nullable Long seeds;

  @Option(names = "--from", paramLabel = "S", description = "the first seed, 0 or more (1)")
  long from = 1;

  @Option(names = "--threads", paramLabel = "N", description = "how many worlds at a time")
  int threads = Math.max(1, Runtime.getRuntime().availableProcessors());

  @Option(names = "--trace", description = "print every step of the worlds on standard output")
  boolean trace;

  @Option(names = "--json", description = "print the outcome as JSON")
  boolean json;

  @Option(
      names = "--keep-going",
      description = "go on after a broken promise, and count the seeds that break one")
  boolean keepGoing;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "leave out one safeguard, to see that this is noticed; 'list' names them")
  String mutant = Mutant.NONE.written();

  @Option(
      names = "--mutants",
      description = "look for the first seed that notices what is left out, for each mutant")
  boolean mutants;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this")
  boolean help;

  long seeds() {
    if (seeds != null) {
      return seeds;
    }
    return mutants ? MANY : FEW;
  }

  /** The steps of several worlds would be mixed. */
  int atOnce() {
    return trace ? 1 : threads;
  }

  /** What is wrong with it; null for nothing. */
  @Nullable String fault() {
    if (from < 0 || seeds() < 1 || threads < 1) {
      return "--from is 0 or more, --seeds and --threads are 1 or more";
    }
    return mutants && (trace || !mutant.equals(Mutant.NONE.written()))
        ? "--mutants goes neither with --mutant nor with --trace"
        : null;
  }
}
