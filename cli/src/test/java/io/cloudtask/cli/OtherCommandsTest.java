package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.cli.PretendedCenter.Answer;
import io.cloudtask.cli.PretendedCenter.Outcome;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.PackageView;
import io.cloudtask.model.rest.RuntimeView;
import io.cloudtask.model.rest.VersionView;
import io.cloudtask.model.wire.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
  @TempDir Path directory;
  PretendedCenter center;

  @BeforeEach
  void start() throws IOException {
    center = new PretendedCenter(directory);
  }

  @AfterEach
  void stop() {
    center.close();
  }

  @Test
  void a_package_is_sent_as_a_form_with_progress_for_a_terminal_only() throws IOException {
    Files.writeString(directory.resolve("app.zip"), "bytes");
    String route = "POST /api/file/upload/default/app-2.zip";
    center.on(route, Answer.json(200, Envelope.ok(Map.of())));
    String[] upload = {"package", "upload", "app.zip", "--name", "app-2.zip"};

    Outcome outcome = center.run(upload);
    assertThat(outcome).isEqualTo(new Outcome(0, "uploaded app-2.zip, 5 B\n", ""));
    assertThat(center.requests.getFirst().body())
        .contains("name=\"jobFile\"; filename=\"app-2.zip\"", "\r\n\r\nbytes\r\n--");

    Map<String, String> environment = Map.of("CLOUDTASK_URL", center.url());
    assertThat(center.run(environment, "", 80, upload).err()).contains("100% of 5 B");
  }

  @Test
  void the_package_stores_refusals_are_understood() throws IOException {
    Files.writeString(directory.resolve("app.zip"), "bytes");
    center.on(
        "POST /api/file/upload/default/app.zip",
        Answer.json(409, Envelope.refused("", "exists", "app.zip exists already", null)));
    Outcome outcome = center.run("package", "upload", "app.zip");
    assertThat(outcome).isEqualTo(new Outcome(1, "", "cloudtask: app.zip exists already\n"));
    assertThat(center.run("package", "upload", "none.zip").err()).contains("no such file");
  }

  @Test
  void packages_runtimes_and_agents_are_shown() {
    Instant at = Instant.parse("2026-07-01T11:00:00Z");
    AgentView agent =
        new AgentView(
            "k1",
            "local",
            "host-a",
            "10.0.0.1",
            "http://10.0.0.1:8600",
            "linux",
            "amd64",
            "1.4.0",
            true,
            at,
            255,
            7,
            2,
            0.755,
            9,
            8,
            false,
            true,
            0,
            null);
    RuntimeView runtime = new RuntimeView("local", "here", List.of(), 0, 7, List.of(agent));
    center.on(
        "GET /api/v1/packages",
        Answer.json(200, List.of(new PackageView("a.zip", "ff", 2048, at, "admin", 3))));
    center.on("GET /api/v1/runtimes", Answer.json(200, List.of(runtime)));
    center.on("GET /api/v1/runtimes/local", Answer.json(200, runtime));
    center.on("GET /api/v1/agents", Answer.json(200, List.of(agent)));
    assertThat(center.run("package", "list").out()).contains("a.zip", "2.0 KiB", "+02:00");
    assertThat(center.run("runtime", "list").out()).contains("local", "any", "here");
    assertThat(center.run("runtime", "show", "local").out()).contains("host-a", "7/255");
    assertThat(center.run("agent", "list").out()).contains("k1", "online");
    assertThat(center.run("agent", "list", "--json").out())
        .contains("\"version\" : \"1.4.0\"", "\"load\" : 0.755");
    for (String ref : List.of("k1", "host-a", "10.0.0.1")) {
      assertThat(center.run("agent", "show", ref).out())
          .contains("revision 9 planned, 8 in force", "7 of at most 255")
          .containsPattern("version: +1.4.0\n")
          .containsPattern("load: +0.7[56] per processor\n");
    }
    assertThat(center.run("agent", "show", "host-b").err()).contains("no agent host-b");
  }

  @Test
  void version_names_the_center_too() {
    center.on("GET /api/v1/version", Answer.json(200, new VersionView("cloudtask", "3.1.0")));
    assertThat(center.run("version").out())
        .isEqualTo("cloudtask development\ncenter    3.1.0 at " + center.url() + "\n");
  }

  @Test
  void a_center_that_is_not_there_is_said_with_what_to_do() {
    center.close();
    Outcome outcome = center.run("job", "list");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("cloudtask: nothing listens at " + center.url());
    assertThat(center.run("version").code()).isEqualTo(1);
  }

  @Test
  void what_is_no_center_is_said() {
    center.on("GET /api/v1/agents", Answer.bytes("<html>", Map.of()));
    center.on("GET /api/v1/runtimes", new Answer(502, new byte[0], Map.of()));
    assertThat(center.run("agent", "list").err()).contains("something else than a Cloudtask");
    assertThat(center.run("runtime", "list").err()).contains("the server answered 502");
  }

  @Test
  void a_shell_gets_a_script_that_completes_commands() {
    assertThat(center.run("completion").out()).contains("complete ", "_cloudtask", "--dry-run");
  }

  @Test
  void wrong_usage_exits_with_2_and_suggests() {
    assertThat(center.run("jub").code()).isEqualTo(2);
    assertThat(center.run("job").err()).contains("Missing required subcommand", "apply");
    assertThat(center.run("job", "aply").err()).contains("Did you mean", "apply");
    assertThat(center.run("--help").code()).isZero();
    assertThat(center.run("help", "job", "list").out()).startsWith("Usage: cloudtask job list");
    assertThat(center.run("--version").out()).isEqualTo("cloudtask development\n");
  }
}
