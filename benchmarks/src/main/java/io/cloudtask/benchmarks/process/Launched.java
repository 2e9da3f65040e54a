package io.cloudtask.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A role that the launcher has started, from its ready line to its end. */
public final class Launched implements AutoCloseable {
  private static final long START_SECONDS = 180;
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final Map<String, String> ready;
  private final Duration start;

  private Launched(Process process, Map<String, String> ready, Duration start) {
    this.process = process;
    this.ready = ready;
    this.start = start;
  }

  /**
   * Starts a role and waits for its ready line.
   *
   * @param home of the launcher
   * @param directory in which it works; its standard error is in the file {@code stderr} there
   */
  public static Launched start(Path home, Path directory, String... words)
      throws IOException, InterruptedException {
    return start(home, directory, Map.of(), words);
  }

  /** The same with variables added to the environment. */
  public static Launched start(
      Path home, Path directory, Map<String, String> variables, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(home.resolve("cloudtask").toString()));
    line.addAll(List.of(words));
    long began = System.nanoTime();
    Process process = process(directory, variables, line);
    try {
      String ready = readyLine(process).get(START_SECONDS, TimeUnit.SECONDS);
      return new Launched(process, words(ready), Duration.ofNanos(System.nanoTime() - began));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly().waitFor();
      throw new IOException(
          words[0] + " did not become ready: " + Files.readString(directory.resolve("stderr")), e);
    }
  }

  /** Runs a command that ends by itself. */
  public static void run(Path home, Path directory, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(home.resolve("cloudtask").toString()));
    line.addAll(List.of(words));
    Process process = process(directory, Map.of(), line);
    process.inputReader().transferTo(java.io.Writer.nullWriter());
    if (process.waitFor() != 0) {
      throw new IOException(words[0] + " failed: " + Files.readString(directory.resolve("stderr")));
    }
  }

  private static Process process(Path directory, Map<String, String> variables, List<String> line)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("stderr").toFile()));
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** What its ready line says under a name. */
  public String ready(String name) {
    String value = ready.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the ready line says no " + name + ": " + ready);
    }
    return value;
  }

  /** From the launcher's first instruction to the ready line. */
  public Duration start() {
    return start;
  }

  public long pid() {
    return process.pid();
  }

  /** As a power cut would: no farewell. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** By SIGTERM; by force when that does not help. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  private static Map<String, String> words(String line) {
    Map<String, String> words = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return words;
  }

  private static CompletableFuture<String> readyLine(Process process) {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            // Read on, so that the process can't block on a full pipe.
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
              if (next.startsWith("ready ")) {
                line.complete(next);
              }
            }
            line.completeExceptionally(new IOException("it ended"));
          } catch (IOException e) {
            line.completeExceptionally(e);
          }
        });
    return line;
  }
}
