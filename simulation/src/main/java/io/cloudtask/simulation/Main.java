package io.cloudtask.simulation;

import io.cloudtask.model.json.Json;
import io.cloudtask.simulation.cluster.Mutant;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code cloudtask simulate}: pretended worlds. */
public final class Main {
  private static final int BROKEN = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  /** Ends the process; see {@link Options} for the exit codes. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
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
    String fault = options.fault();
    return fault == null ? run(options, out, err) : wrong(err, fault);
  }

  private static int wrong(PrintStream err, String fault) {
    err.println("cloudtask simulate: " + fault);
    err.println("Try 'cloudtask simulate --help'.");
    return WRONG_USAGE;
  }

  private static int run(Options options, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (options.mutant.equals("list")) {
      Mutant.all().forEach(mutant -> out.printf("%-22s %s%n", mutant.written(), mutant.words()));
      return 0;
    }
    Optional<Mutant> mutant = Mutant.of(options.mutant);
    if (mutant.isEmpty()) {
      return wrong(err, "no mutant \"" + options.mutant + "\"; '--mutant list' names them");
    }
    // Read when the first virtual thread begins: one fiber of a world goes at a time.
    String worlds = Integer.toString(options.atOnce());
    System.setProperty("jdk.virtualThreadScheduler.parallelism", worlds);
    System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", worlds);
    Logger.getLogger("").setLevel(Level.OFF); // What the parts complain of is what is done to them.
    Simulation simulation =
        new Simulation(
            options.trace ? out::println : null,
            () -> System.nanoTime() / 1_000_000,
            new ProgressLines(err, !options.mutants));
    return options.mutants
        ? hunt(options, simulation, out, err)
        : worlds(options, mutant.get(), simulation, out);
  }

  private static int worlds(Options options, Mutant mutant, Simulation simulation, PrintStream out)
      throws InterruptedException {
    Outcome outcome =
        simulation.run(
            new Simulation.Wish(
                options.from, options.seeds(), mutant, options.keepGoing, options.atOnce()));
    out.println(options.json ? Json.MAPPER.writeValueAsString(outcome) : outcome.words());
    return outcome.broken().isEmpty() ? 0 : BROKEN;
  }

  private static int hunt(Options options, Simulation simulation, PrintStream out, PrintStream err)
      throws InterruptedException {
    List<Hunt.Catch> catches =
        Hunt.all(
            simulation,
            options.from,
            options.seeds(),
            options.atOnce(),
            one -> (options.json ? err : out).println(one.words()));
    if (options.json) {
      out.println(Json.MAPPER.writeValueAsString(catches));
    }
    return catches.stream().allMatch(one -> one.seed() != null) ? 0 : BROKEN;
  }
}
