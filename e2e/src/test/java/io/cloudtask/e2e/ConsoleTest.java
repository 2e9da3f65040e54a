package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser: the tests of {@code console/e2e}, over a standalone with the demo
 * and over the cluster of {@code examples}. Each of them is in a report of its own, beside those of
 * the console's other tests.
 */
@Timeout(1200)
class ConsoleTest {
  private static final Path CONSOLE = Path.of("../console").toAbsolutePath().normalize();
  private static final long MINUTES = 15;

  @TempDir Path dir;

  @Test
  void people_find_their_ways_on_desk_and_phone() throws Exception {
    Path browser = browser();
    try (StandaloneProcess standalone = StandaloneProcess.start(dir.resolve("data"), "--demo")) {
      passes(browser, standalone.api(), "desktop", "phone", "many");
    }
  }

  @Test
  void the_cluster_of_the_example_is_seen_as_one() throws Exception {
    Path browser = browser();
    assumeTrue(ExampleCluster.isBuilt(), "not built yet: ./verify, or ./cloudtask --help");
    try (ExampleCluster cluster = ExampleCluster.up(dir.resolve("cluster"))) {
      passes(browser, cluster.api(), "cluster");
    }
  }

  private void passes(Path browser, Api api, String... projects) throws Exception {
    Path output = dir.resolve("output");
    Process tests = tests(browser, api, output, List.of(projects));
    boolean ended = tests.waitFor(MINUTES, TimeUnit.MINUTES);
    tests.descendants().forEach(ProcessHandle::destroyForcibly);
    tests.destroyForcibly();
    assertThat(ended && tests.exitValue() == 0).as(() -> said(output)).isTrue();
  }

  private static Process tests(Path browser, Api api, Path output, List<String> projects)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("node"));
    line.addAll(List.of("node_modules/@playwright/test/cli.js", "test"));
    projects.forEach(project -> line.add("--project=" + project));
    ProcessBuilder tests =
        new ProcessBuilder(line)
            .directory(CONSOLE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    tests.environment().put("CONSOLE_URL", api.console().toString());
    tests.environment().put("CONSOLE_TOKEN", api.token());
    tests.environment().put("CONSOLE_BROWSER", browser.toString());
    tests
        .environment()
        .put(
            "CONSOLE_REPORT",
            "target/playwright-reports/TEST-" + String.join("-", projects) + ".xml");
    return tests.start();
  }

  private static String said(Path output) {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "it said nothing that can be read: " + e.getMessage();
    }
  }

  private static Path browser() {
    Optional<Path> browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "no Chromium: apt-get install chromium");
    return browser.orElseThrow();
  }
}
