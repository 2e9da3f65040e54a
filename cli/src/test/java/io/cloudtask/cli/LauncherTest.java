package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher itself, in a house of its own, with a JDK and a Maven that only say what they got.
 */
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path scratch;
  Path home;
  Path jdk;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(scratch.resolve("a house"));
    Files.createDirectory(home.resolve("launch"));
    copy("cloudtask");
    try (Stream<Path> scripts = Files.list(ROOT.resolve("launch"))) {
      for (Path script : scripts.toList()) {
        copy("launch/" + script.getFileName());
      }
    }
    jdk = jdk("jdk 25", "25.0.1", "for word; do printf '<%s>' \"$word\"; done; echo\n");
  }

  @Test
  void a_command_reaches_the_jvm_word_by_word_from_anywhere_and_through_links() throws Exception {
    jars("cli", "standalone");
    Path link = scratch.resolve("ct");
    Files.createSymbolicLink(link, home.resolve("cloudtask"));
    Path second = scratch.resolve("ct2");
    Files.createSymbolicLink(second, Path.of("ct"));
    Result result = run(scratch, Map.of(), second.toString(), "job", "show", "a  b", "*", "");
    assertThat(result.err).isEmpty();
    assertThat(result.out)
        .contains("<-cp><" + home.toRealPath() + "/dist/current/lib/cli-1.jar>")
        .endsWith("<io.cloudtask.cli.Main><job><show><a  b><*><>\n");
    assertThat(result.code).isZero();
  }

  @Test
  void each_role_has_its_main_class() throws Exception {
    jars("cli", "standalone", "agent", "simulation");
    assertThat(run("standalone", "--demo").out).endsWith("standalone.Main><--demo>\n");
    assertThat(run("agent", "--config", "x").out).endsWith("agent.Main><--config><x>\n");
    assertThat(run("agent", "list").out).endsWith("cli.Main><agent><list>\n");
    assertThat(run("help", "standalone").out).endsWith("standalone.Main><--help>\n");
    assertThat(run("help", "job").out).endsWith("cli.Main><help><job>\n");
    assertThat(run("agent", "drain", "KEY").out).endsWith("cli.Main><agent><drain><KEY>\n");
    assertThat(run("center", "-f", "x").out).endsWith("center.Main><-f><x>\n");
    assertThat(run("center").out).endsWith("center.Main>\n");
    assertThat(run("center", "list").out).endsWith("cli.Main><center><list>\n");
    assertThat(run("init", "-f", "x").out).endsWith("center.init.Main><-f><x>\n");
    assertThat(run("coordinator").out).endsWith("coordination.server.Main>\n");
    assertThat(run("simulate", "--seeds", "9").out).endsWith("simulation.Main><--seeds><9>\n");
    assertThat(run().out).endsWith("cli.Main>\n");
  }

  @Test
  void a_start_up_cache_is_used_when_there_is_one() throws Exception {
    jars("cli");
    assertThat(run("version").out).doesNotContain("AOTCache");
    Files.writeString(home.resolve("dist/current/cli.aot"), "");
    assertThat(run("version").out).contains("/dist/current/cli.aot>");
  }

  @Test
  void the_process_is_the_jvm_itself() throws Exception {
    jars("cli");
    jdk = jdk("other", "25", "echo $$\n");
    Process process = process(scratch, Map.of(), home.resolve("cloudtask").toString()).start();
    assertThat(process.inputReader().readLine()).isEqualTo(Long.toString(process.pid()));
  }

  @Test
  void a_variable_for_the_jvm_alone_is_named_to_it() throws Exception {
    jars("cli");
    jdk = jdk("telling", "25", "echo \"$MALLOC_ARENA_MAX $1\"\n");
    assertThat(run("version").out).isEqualTo("1 -Dcloudtask.launcher.variables=MALLOC_ARENA_MAX\n");
    String launcher = home.resolve("cloudtask").toString();
    assertThat(run(scratch, Map.of("MALLOC_ARENA_MAX", "4"), launcher, "version").out)
        .isEqualTo("4 -XX:+UseSerialGC\n");
  }

  @Test
  void a_jdk_that_was_named_must_fit() throws Exception {
    jars("cli");
    jdk = jdk("old", "17.0.9", "");
    Result result = run("version");
    assertThat(result.code).isEqualTo(1);
    assertThat(result.err).contains("CLOUDTASK_JAVA_HOME=" + jdk + " is no JDK 25");
  }

  @Test
  void a_checkout_is_built_once_and_again_when_a_source_is_newer() throws Exception {
    Path source = checkout("mkdir -p \"$lib\" && : >\"$lib/cli-1.jar\"\n");
    assertThat(run("version").out).endsWith("cli.Main><version>\n");
    assertThat(run("version").err).isEmpty();
    assertThat(builds()).isEqualTo(1);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run("version").err).contains("building");
    assertThat(builds()).isEqualTo(2);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(run("version").err).isEmpty();
    Path page = Files.createDirectories(home.resolve("console/src/app")).resolve("Page.tsx");
    Files.setLastModifiedTime(
        Files.writeString(page, ""), FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run("version").err).contains("building");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void several_launchers_at_once_build_once() throws Exception {
    checkout("mkdir -p \"$lib\" && sleep 1 && : >\"$lib/cli-1.jar\"\n");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(process(scratch, Map.of(), home + "/cloudtask", "version").start());
    }
    for (Process process : processes) {
      assertThat(new String(process.getInputStream().readAllBytes())).endsWith("<version>\n");
      assertThat(process.waitFor()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_build_that_fails_says_why_and_leaves_what_was_there() throws Exception {
    checkout("echo '[ERROR] no such thing'; printf 'a line left open'; exit 1\n");
    jars("cli");
    Result result = run("version");
    assertThat(result.code).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err).contains("the build failed", "[ERROR] no such thing", "build.log");
    assertThat(home.resolve("dist/current/lib/cli-1.jar")).exists();
  }

  private Path checkout(String build) throws IOException {
    Files.writeString(home.resolve("pom.xml"), "");
    Path source = Files.createDirectories(home.resolve("cli/src/main")).resolve("A.java");
    Files.writeString(source, "");
    FileTime past = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(source, past);
    Files.setLastModifiedTime(home.resolve("cli/src/main"), past);
    Files.setLastModifiedTime(home.resolve("pom.xml"), past);
    String find =
        """
        #!/bin/sh
        echo build >>"$BUILDS"
        for word; do case $word in -Dcloudtask.lib=*) lib=${word#-Dcloudtask.lib=} ;; esac; done
        """;
    script(scratch.resolve("bin/mvn"), find + build);
    return source;
  }

  private long builds() throws IOException {
    return Files.readAllLines(scratch.resolve("builds")).size();
  }

  private void jars(String... modules) throws IOException {
    Path lib = Files.createDirectories(home.resolve("dist/current/lib"));
    for (String module : modules) {
      Files.writeString(lib.resolve(module + "-1.jar"), "");
    }
  }

  private Path jdk(String name, String version, String java) throws IOException {
    Path made = scratch.resolve(name);
    script(made.resolve("bin/java"), "#!/bin/sh\n" + java);
    script(made.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(made.resolve("release"), "X=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    return made;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void copy(String name) {
    try {
      Files.copy(ROOT.resolve(name), home.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Result(int code, String out, String err) {}

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("cloudtask").toString()));
    command.addAll(List.of(arguments));
    return run(scratch, Map.of(), command.toArray(String[]::new));
  }

  private Result run(Path directory, Map<String, String> environment, String... command)
      throws Exception {
    Path out = Files.createTempFile(scratch, "out", "");
    Path err = Files.createTempFile(scratch, "err", "");
    Process process =
        process(directory, environment, command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private ProcessBuilder process(
      Path directory, Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> variables = builder.environment();
    variables.put("CLOUDTASK_JAVA_HOME", jdk.toString());
    variables.put("CLOUDTASK_NO_AOT", "1");
    variables.remove("MALLOC_ARENA_MAX");
    variables.put("BUILDS", scratch.resolve("builds").toString());
    variables.put("PATH", scratch.resolve("bin") + ":" + System.getenv("PATH"));
    variables.putAll(environment);
    return builder;
  }
}
