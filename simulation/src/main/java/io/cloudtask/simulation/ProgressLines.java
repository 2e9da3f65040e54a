package io.cloudtask.simulation;

import java.io.PrintStream;

/** Says on standard error how far it is, every two seconds. Called by one thread at a time. */
final class ProgressLines implements Simulation.Progress {
  private static final long EVERY_NANOS = 2_000_000_000L;

  private final PrintStream err;
  private final boolean broken;
  private long said = System.nanoTime();

  /**
   * @param broken whether broken promises are told: for mutants they are what is hoped for
   */
  ProgressLines(PrintStream err, boolean broken) {
    this.err = err;
    this.broken = broken;
  }

  @Override
  public void broken(Outcome.Broken one) {
    if (broken) {
      one.tail().forEach(err::println);
      err.println(one.words());
    }
  }

  @Override
  public void world(long done, long of, int bad) {
    long now = System.nanoTime();
    if (done < of && now - said >= EVERY_NANOS) {
      said = now;
      err.printf("%d of %d worlds%s%n", done, of, bad == 0 ? "" : ", " + bad + " broken");
    }
  }
}
