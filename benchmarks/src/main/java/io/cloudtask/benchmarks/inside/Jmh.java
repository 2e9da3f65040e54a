package io.cloudtask.benchmarks.inside;

import io.cloudtask.benchmarks.figure.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;

/** JMH, and what becomes of its results. */
final class Jmh {
  /** As a center has it, but for the room; JMH itself uses what the platform is about to lose. */
  static final String[] VIRTUAL_MACHINE = {
    "-Xmx3g",
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    "--sun-misc-unsafe-memory-access=allow"
  };

  private Jmh() {}

  /** The scores of all iterations, by the name of the method. */
  static Map<String, Samples> run(ChainedOptionsBuilder options) throws RunnerException {
    Options built = options.build();
    Collection<RunResult> results = new Runner(built).run();
    Map<String, Samples> scores = new TreeMap<>();
    for (RunResult result : results) {
      String method = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
      List<Double> values = new ArrayList<>();
      result
          .getBenchmarkResults()
          .forEach(fork -> fork.getIterationResults().forEach(i -> values.add(score(i))));
      scores.put(method, Samples.of(values));
    }
    return scores;
  }

  /** The scores of one of them, which must be there. */
  static Samples get(Map<String, Samples> scores, String name) {
    Samples samples = scores.get(name);
    if (samples == null) {
      throw new IllegalStateException("JMH gave no " + name + " but " + scores.keySet());
    }
    return samples;
  }

  private static double score(IterationResult result) {
    return result.getPrimaryResult().getScore();
  }
}
