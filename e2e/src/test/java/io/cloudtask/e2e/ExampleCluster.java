package io.cloudtask.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster of {@code examples/cluster}, started and stopped as its readers do: by {@code up} and
 * {@code down}, on the program that the launcher has built.
 */
final class ExampleCluster implements AutoCloseable {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = HOME.resolve("examples/cluster");
  private static final Pattern READY = Pattern.compile("(?m)^ready consoles=([^,\\s]+)\\S* .*$");
  private static final long MINUTES = 10;
  private static final int PORTS = 80;

  private final Path directory;
  private final URI console;

  private ExampleCluster(Path directory, URI console) {
    this.directory = directory;
    this.console = console;
  }

  /** Whether the launcher has built what the example runs; building takes minutes. */
  static boolean isBuilt() {
    return Files.exists(HOME.resolve("dist/current/built"));
  }

  /** Starts it in a directory and waits for its ready line. */
  static ExampleCluster up(Path directory) throws IOException, InterruptedException {
    try {
      String said = run("up", directory.toString(), "--base-port", String.valueOf(freePorts()));
      Matcher ready = READY.matcher(said);
      if (!ready.find()) {
        throw new IOException("no ready line but: " + said);
      }
      return new ExampleCluster(directory, URI.create(ready.group(1)));
    } catch (IOException e) {
      if (Files.isDirectory(directory)) {
        run("down", directory.toString());
      }
      throw e;
    }
  }

  /** A client that holds the administrator's token. */
  Api api() throws IOException {
    return new Api(console, Files.readString(directory.resolve("admin-token")).strip());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("down", directory.toString());
  }

  private static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(EXAMPLE.resolve(script).toString()));
    line.addAll(List.of(arguments));
    Path output = Files.createTempFile("cluster-" + script, ".log");
    try {
      // Into a file: what it starts keeps its output open.
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(script + " did not succeed: " + said);
      }
      return said;
    } finally {
      Files.delete(output);
    }
  }

  /** The first of so many ports in a row that nobody listens on. */
  private static int freePorts() throws IOException {
    int from = 21_000 + PORTS * (int) (ProcessHandle.current().pid() % 100);
    for (int base = from; base < 60_000; base += PORTS) {
      if (areFree(base)) {
        return base;
      }
    }
    throw new IOException("there are no " + PORTS + " free ports in a row");
  }

  private static boolean areFree(int base) {
    for (int port = base; port < base + PORTS; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
