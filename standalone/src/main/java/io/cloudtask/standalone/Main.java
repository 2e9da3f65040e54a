package io.cloudtask.standalone;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code cloudtask standalone}: a whole system on this machine. */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** What is promised is 10 s; the rest is for the JVM itself. */
  private static final long STOP_SECONDS = 9;

  private Main() {}

  /**
   * Runs until a signal ends it. Exit codes: 1 it could not start (standard error says why), 2
   * wrong usage, 143 and 130 after SIGTERM and Ctrl-C.
   */
  public static void main(String[] args) throws InterruptedException {
    Logging.outliveShutdown();
    Optional<Options> options = parse(args);
    if (options.isEmpty()) {
      System.exit(WRONG_USAGE);
    } else if (options.get().help) {
      new CommandLine(options.get()).usage(System.out);
    } else {
      run(options.get());
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

  private static void run(Options options) throws InterruptedException {
    // The coordinator's purging prints the names of files; whoever reads our output waits for one
    // line.
    PrintStream out = System.out;
    System.setOut(System.err);
    Parts parts = new Parts();
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = new Thread(() -> stop(parts, ended), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      Standalone.Addresses addresses =
          Standalone.start(options, new SecureRandom(), Clock.systemDefaultZone(), parts);
      out.println(addresses.readyLine());
      out.flush();
    } catch (StartException e) {
      System.err.println("cloudtask standalone: " + e.getMessage());
      System.exit(FAILED);
    }
    ended.await();
  }

  /**
   * Ends everything; what does not end in time is left to the next start, which expects a crash.
   */
  private static void stop(Parts parts, CountDownLatch ended) {
    Thread closing = Thread.ofPlatform().daemon().name("closing").start(parts::close);
    try {
      if (!closing.join(Duration.ofSeconds(STOP_SECONDS))) {
        System.err.println(
            "cloudtask standalone: not everything ended within "
                + STOP_SECONDS
                + " s; the next start takes up from what is on the disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Logging.end();
      ended.countDown();
    }
  }
}
