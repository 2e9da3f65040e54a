package io.cloudtask.simulation;

import java.util.List;
import java.util.Locale;

/**
 * What came of a row of worlds.
 *
 * @param mutant what was left out
 * @param from the first seed
 * @param seeds how many were run
 * @param steps in all of them
 * @param starts of work in all of them
 * @param fingerprint of all steps; equal for equal seeds of one program
 * @param millis that it took
 */
record Outcome(
    String mutant,
    long from,
    long seeds,
    long steps,
    long starts,
    String fingerprint,
    long millis,
    List<Broken> broken) {
  /**
   * A promise that was broken.
   *
   * @param invariant the promise
   * @param replay the command that shows it again
   * @param tail the last steps before
   */
  record Broken(long seed, String invariant, String message, String replay, List<String> tail) {
    Broken {
      tail = List.copyOf(tail);
    }

    /** For a person. */
    String words() {
      return "seed %d breaks \"%s\": %s%n  see it again: %s"
          .formatted(seed, invariant, message, replay);
    }
  }

  Outcome {
    broken = List.copyOf(broken);
  }

  /** For a person. */
  String words() {
    StringBuilder words = new StringBuilder();
    for (Broken one : broken) {
      words.append(one.words()).append(System.lineSeparator());
    }
    return words
        .append(
            String.format(
                Locale.ROOT,
                "%d worlds from seed %d%s: %s; %d starts in %d steps, %.1f s, fingerprint %s",
                seeds,
                from,
                mutant.equals("none") ? "" : " with the mutant " + mutant,
                broken.isEmpty() ? "every promise kept" : broken.size() + " broke a promise",
                starts,
                steps,
                millis / 1000.0,
                fingerprint))
        .toString();
  }
}
