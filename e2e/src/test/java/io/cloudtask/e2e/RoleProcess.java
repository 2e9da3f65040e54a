package io.cloudtask.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One role in a process of its own, in a directory of its own, as an operator would start it. */
final class RoleProcess implements AutoCloseable {
  private static final long START_SECONDS = 120;

  private final Process process;
  private final Path directory;
  private final Map<String, String> ready;

  private RoleProcess(Process process, Path directory, Map<String, String> ready) {
    this.process = process;
    this.directory = directory;
    this.ready = ready;
  }

  /** Starts one and waits for its ready line. Standard error goes to {@code DIRECTORY/stderr}. */
  static RoleProcess start(Path directory, String main, String... arguments)
      throws IOException, InterruptedException {
    return start(directory, List.of(), main, arguments);
  }

  /** The same with options of the virtual machine. */
  static RoleProcess start(Path directory, List<String> options, String main, String... arguments)
      throws IOException, InterruptedException {
    Process process = launch(directory, options, main, arguments);
    try {
      String line = readyLine(process).get(START_SECONDS, TimeUnit.SECONDS);
      return new RoleProcess(process, directory, words(line));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly().waitFor();
      throw new IOException(main + " did not become ready: " + stderr(directory), e);
    }
  }

  /** Runs one that ends by itself, and gives what it printed. */
  static String run(Path directory, String main, String... arguments)
      throws IOException, InterruptedException {
    Process process = launch(directory, List.of(), main, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(main + " ended with " + code + ": " + stderr(directory));
    }
    return output;
  }

  private static Process launch(
      Path directory, List<String> options, String main, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .directory(Files.createDirectories(directory).toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("stderr").toFile()))
        .start();
  }

  /** What its ready line says under a name, for example an address. */
  String ready(String name) {
    String value = ready.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the ready line says no " + name + ": " + ready);
    }
    return value;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a power cut would: no farewell. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it where it is, as a hypervisor or a long pause would. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("SIG" + name + " did not reach process " + pid());
    }
  }

  /** As an operator would, by SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("did not stop within 10 s of SIGTERM\n" + stderr(directory));
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
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

  private static String stderr(Path directory) {
    try {
      return Files.readString(directory.resolve("stderr"));
    } catch (IOException e) {
      return "(its standard error could not be read: " + e + ")";
    }
  }

  private static CompletableFuture<String> readyLine(Process process) {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String next = reader.readLine();
            while (next != null) {
              // Read on, so that the process can't block on a full pipe.
              if (next.startsWith("ready ")) {
                line.complete(next);
              }
              next = reader.readLine();
            }
            line.completeExceptionally(new IOException("it ended"));
          } catch (IOException e) {
            line.completeExceptionally(e);
          }
        });
    return line;
  }
}
