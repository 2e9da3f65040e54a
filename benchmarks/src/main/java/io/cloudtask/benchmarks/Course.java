package io.cloudtask.benchmarks;

import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Machine;
import io.cloudtask.benchmarks.figure.Results;
import io.cloudtask.benchmarks.figure.Results.Missing;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs benchmarks one after another; one that fails is missing from the results, and no more. */
final class Course {
  private final Path home;
  private final boolean quick;
  private final PrintStream progress;

  Course(Path home, boolean quick, PrintStream progress) {
    this.home = home;
    this.quick = quick;
    this.progress = progress;
  }

  Results run(List<Benchmark> benchmarks) throws IOException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    double load = load();
    List<Figure> figures = new ArrayList<>();
    List<Growth> growth = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Bench bench = run(benchmark);
      figures.addAll(bench.figures());
      growth.addAll(bench.growth());
      missing.addAll(bench.missing());
    }
    return new Results(at, quick, machine(load), figures, growth, missing);
  }

  private Bench run(Benchmark benchmark) throws IOException {
    Path scratch = Files.createTempDirectory("cloudtask-benchmark-" + benchmark.name() + "-");
    Bench bench = new Bench(home, scratch, quick, progress);
    // Ctrl-C leaves nothing behind either.
    Thread interrupted = new Thread(bench::close);
    Runtime.getRuntime().addShutdownHook(interrupted);
    long began = System.nanoTime();
    progress.println(benchmark.name() + ": " + benchmark.about());
    try {
      benchmark.run(bench);
    } catch (Exception e) {
      bench.missing(benchmark.name(), String.valueOf(e.getMessage()));
      e.printStackTrace(progress);
    } finally {
      bench.close();
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    progress.println("  took " + took.truncatedTo(ChronoUnit.SECONDS));
    return bench;
  }

  private static Machine machine(double loadBefore) {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("java.vm.version"),
        loadBefore,
        load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
