package io.cloudtask.benchmarks.inside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code schedule}. */
public final class ScheduleBenchmark implements Benchmark {
  private static final double MODES = 1_000_000;
  private static final double CRON = 300_000;
  private static final int CRON_MODE = 7;

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String about() {
    return "next() of a million schedules of each mode, against ZonedDateTime.plusDays(1)";
  }

  @Override
  public void run(Bench bench) throws RunnerException {
    // Mode by mode, so that subject and limit are measured one after the other.
    for (int mode = 1; mode <= CRON_MODE; mode++) {
      Map<String, Samples> scores = measure(bench, mode);
      bench.add(
          Figure.higher("schedule.mode" + mode, "next/s", Jmh.get(scores, "next"))
              .limit("plusDays(1)/s", Jmh.get(scores, "plusDay").median())
              .goal(Goal.atLeast(mode == CRON_MODE ? CRON : MODES)));
    }
  }

  private static Map<String, Samples> measure(Bench bench, int mode) throws RunnerException {
    return Jmh.run(
        new OptionsBuilder()
            .include(ScheduleNext.class.getName() + "\\.")
            .param("mode", Integer.toString(mode))
            .param("count", bench.choose("16384", "1048576"))
            .forks(1)
            .jvmArgs(Jmh.VIRTUAL_MACHINE)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(bench.choose(150, 500)))
            .measurementIterations(bench.choose(3, 5))
            .measurementTime(TimeValue.milliseconds(bench.choose(100, 500)))
            .verbosity(VerboseMode.SILENT));
  }
}
