package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor of real processes, one run at a time, and no process left afterwards. */
abstract class SupervisorFixture {
  static final OutputCaps CAPS = new OutputCaps(64 << 10, 192 << 10);

  /** A variable that this process has, as a launcher would have set it. */
  static final Set<String> WITHHELD = Set.of("HOME");

  @TempDir Path folder;
  final OutputFile output = new OutputFile(CAPS);
  final String runId = "run-" + UUID.randomUUID();
  ProcessHost host;
  ProcessSupervisor supervisor;

  abstract ProcessHost makeHost() throws IOException;

  @BeforeEach
  void open() throws IOException {
    host = makeHost();
    supervisor = new LocalSupervisor(host, Clock.systemUTC(), output);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    supervisor.sweep(runId, Duration.ZERO);
    assertThat(processes()).isEmpty();
    supervisor.close();
  }

  Path runDirectory() {
    return folder.resolve("run");
  }

  Path workDirectory() throws IOException {
    return Files.createDirectories(folder.resolve("work"));
  }

  Launch launch(String command, String... env) throws IOException {
    List<String> all = new ArrayList<>(List.of(env));
    all.add(ProcessTable.MARK + "=" + runId);
    return new Launch("job", runId, runDirectory(), workDirectory(), command, all);
  }

  RunningProcess start(String command, String... env) throws Exception {
    return supervisor.start(launch(command, env));
  }

  Exit run(String command, String... env) throws Exception {
    return exitOf(start(command, env));
  }

  static Exit exitOf(RunningProcess process) throws Exception {
    return process.onExit().get(20, TimeUnit.SECONDS);
  }

  static int stop(RunningProcess process, Duration grace) throws Exception {
    return process.stop(grace).get(20, TimeUnit.SECONDS);
  }

  String stdout() throws IOException {
    return Files.readString(runDirectory().resolve("stdout"));
  }

  String stderr() throws IOException {
    return Files.readString(runDirectory().resolve("stderr"));
  }

  /** The living processes that carry the run's mark. */
  List<ProcessEntry> processes() throws IOException {
    return new ProcfsTable().living(0).stream().filter(p -> runId.equals(p.runId())).toList();
  }

  void awaitProcesses(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> processes().size() == count);
  }

  void awaitOutput(String text) {
    await().atMost(Duration.ofSeconds(20)).until(() -> stdout().contains(text));
  }
}
