package io.cloudtask.standalone;

import io.cloudtask.settings.Lifetime;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code cloudtask standalone}: a whole system on this machine. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  /**
   * Runs until a signal ends it. Exit codes: 1 it could not start (standard error says why), 2
   * wrong usage, 143 and 130 after SIGTERM and Ctrl-C.
   */
  public static void main(String[] args) throws InterruptedException {
    Lifetime lifetime = Lifetime.begin("cloudtask standalone");
    Optional<Options> options = parse(args);
    if (options.isEmpty()) {
      System.exit(WRONG_USAGE);
    } else if (options.get().help) {
      new CommandLine(options.get()).usage(System.out);
    } else {
      run(lifetime, options.get());
    }
  }

  private static Optional<Options> parse(String[] args) {
    Options options = new Options();
    try {
      new CommandLine(options).parseArgs(args);
      return Optional.of(options);
    } catch (ParameterException e) {
      System.err.println("cloudtask standalone: " + e.getMessage());
      System.err.println("Try 'cloudtask standalone --help'.");
      return Optional.empty();
    }
  }

  private static void run(Lifetime lifetime, Options options) throws InterruptedException {
    // The coordinator's purging prints the names of files; whoever reads our output waits for one
    // line.
    PrintStream out = System.out;
    System.setOut(System.err);
    try {
      Standalone.Addresses addresses =
          Standalone.start(
              options, new SecureRandom(), Clock.systemDefaultZone(), lifetime.parts());
      out.println(addresses.readyLine());
      out.flush();
    } catch (StartException e) {
      System.err.println("cloudtask standalone: " + e.getMessage());
      System.exit(FAILED);
    }
    lifetime.await();
  }
}
