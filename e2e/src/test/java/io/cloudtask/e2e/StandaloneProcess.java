package io.cloudtask.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code standalone} in a process of its own, on ports of the kernel's choosing. */
final class StandaloneProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "ready console=(\\S+) center=(\\S+) agent=(\\S+) coordinator=(\\S+) data=(.+)");

  /** As much as the launcher gives it. */
  private static final List<String> MEMORY =
      List.of("-Xms32m", "-Xmx192m", "-Xss512k", "-XX:MaxMetaspaceSize=128m");

  private final Process process;
  private final Path data;
  private final URI console;
  private final URI center;
  private final URI agent;

  private StandaloneProcess(Process process, Path data, Matcher ready) {
    this.process = process;
    this.data = data;
    console = URI.create(ready.group(1));
    center = URI.create(ready.group(2));
    agent = URI.create(ready.group(3));
  }

  /** Starts one on a data folder and waits for its ready line. */
  static StandaloneProcess start(Path data, String... more) throws IOException {
    return ready(launch(data, more), data);
  }

  /** The same, whose center API is off while a file exists. */
  static StandaloneProcess startWithOutage(Path data, Path file) throws IOException {
    return ready(launch(List.of("-Dcloudtask.test.outage=" + file), data), data);
  }

  private static StandaloneProcess ready(Process process, Path data) throws IOException {
    CompletableFuture<String> line = firstLine(process);
    try {
      String ready = line.get(60, TimeUnit.SECONDS);
      Matcher matcher = READY.matcher(ready == null ? "" : ready);
      if (!matcher.matches()) {
        throw new IOException("no ready line but: " + ready + "\n" + stderr(data));
      }
      return new StandaloneProcess(process, data, matcher);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IOException("not ready within 60 s\n" + stderr(data), e);
    }
  }

  /**
   * Starts the program without waiting for anything; standard error goes to {@code DATA.stderr}.
   */
  static Process launch(Path data, String... more) throws IOException {
    return launch(List.of(), data, more);
  }

  private static Process launch(List<String> jvm, Path data, String... more) throws IOException {
    List<String> line = javaCommand(jvm, "io.cloudtask.standalone.Main");
    line.addAll(1, MEMORY);
    line.addAll(List.of("--data", data.toString(), "--console-port", "0", "--center-port", "0"));
    line.addAll(List.of("--agent-port", "0", "--coordinator-port", "0"));
    line.addAll(List.of(more));
    return new ProcessBuilder(line)
        .redirectError(ProcessBuilder.Redirect.appendTo(stderrFile(data).toFile()))
        .start();
  }

  /** A JVM of this class path with a main class. */
  private static List<String> javaCommand(List<String> jvm, String main) {
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED"));
    line.addAll(jvm);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    return line;
  }

  URI console() {
    return console;
  }

  URI center() {
    return center;
  }

  URI agent() {
    return agent;
  }

  long pid() {
    return process.pid();
  }

  /** A client that holds the administrator's token. */
  Api api() throws IOException {
    return new Api(console, Files.readString(data.resolve("admin-token")).strip());
  }

  /** As a power cut would: no farewell. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As an operator would, by SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("did not stop within 10 s of SIGTERM\n" + stderr(data));
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      stop();
    }
  }

  static Path stderrFile(Path data) {
    return data.resolveSibling(data.getFileName() + ".stderr");
  }

  private static String stderr(Path data) {
    try {
      return Files.readString(stderrFile(data));
    } catch (IOException e) {
      return "(its standard error could not be read: " + e + ")";
    }
  }

  private static CompletableFuture<String> firstLine(Process process) {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String first = reader.readLine();
            line.complete(first == null ? "" : first);
            while (reader.readLine() != null) {
              // drained, so that the process can't block on a full pipe
            }
          } catch (IOException e) {
            line.completeExceptionally(e);
          }
        });
    return line;
  }
}
