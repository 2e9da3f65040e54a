package io.cloudtask.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.http.AgentOperations.Outcome;
import io.cloudtask.agent.packages.DiskPackageCache;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose disk is full or holds garbage: every end is told, every due instant answered. */
class AgentInTroubleTest {
  private static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";
  private static final String JOB = Jobs.id(1);

  @TempDir Path directory;
  private final MemoryCoordination coordination = new MemoryCoordination();
  private final List<Agent> agents = new ArrayList<>();
  private FakeCenter center;

  @BeforeEach
  void open() throws IOException {
    center = new FakeCenter();
  }

  @AfterEach
  void close() {
    agents.forEach(Agent::close);
    center.close();
    coordination.close();
  }

  @Test
  void due_instants_on_a_full_disk_are_answered_each_once() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 16)) {
      center.assign(
          Jobs.secondly(1).from(whole()).command("echo x").job(), byHand(2, "echo y").job());
      Agent agent = start();
      soon().until(() -> succeeded() >= 2);
      disk.fillBut(0);
      soon().until(() -> refusal(agent).contains("free space on its disk"));
      Instant full = Instant.now();
      soon().until(() -> Instant.now().isAfter(full.plusSeconds(3)));
      disk.free();
      long before = succeeded();
      soon().until(() -> succeeded() >= before + 2);
      agent.close();
    }
    everySecondIsAnsweredOnce();
    assertThat(center.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .contains(GapReason.NOT_JOURNALLED);
  }

  @Test
  void a_run_that_fills_the_disk_ends_as_it_would_by_itself_and_is_told() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, 16)) {
      center.assign(byHand(1, "yes | head -c 100000000 && exit 0; exit 28").job());
      Agent agent = start();
      soon().until(() -> agent.operations().revision() == 1);
      disk.fillBut(3 << 20);
      agent.operations().start(JOB, null);
      soon().until(() -> ended().size() == 1);
      Fact.Ended end = ended().getFirst();
      assertThat(end.state()).isEqualTo(RunState.FAILED);
      assertThat(end.exitcode()).isEqualTo(28);
      RunOutput output = Objects.requireNonNull(center.output(end.runid(), "stdout"));
      assertThat(output.size() > 0 || end.reason().contains("the disk was full")).isTrue();
      byte[] kept = output.data() == null ? center.uploaded(end.runid(), "stdout") : output.data();
      assertThat(new String(Objects.requireNonNull(kept), UTF_8).replace("y\n", "")).isIn("", "y");
      disk.free();
      center.assign(byHand(1, "echo again").version(2).job());
      coordination.open().publishRevision(KEY, 2);
      soon().until(() -> agent.operations().revision() == 2);
      agent.operations().start(JOB, null);
      soon().until(() -> succeeded() == 1);
      assertThat(text(ended().getLast().runid())).isEqualTo("again\n");
    }
  }

  @Test
  void a_file_in_place_of_a_run_directory_costs_that_run_and_no_other() throws Exception {
    center.assign(byHand(1, "sleep 1000").job(), byHand(2, "echo y").job());
    Agent first = start();
    soon().until(() -> first.operations().revision() == 1);
    first.operations().start(JOB, null);
    soon().until(() -> !center.facts(Fact.Started.class).isEmpty());
    Fact.Started started = center.facts(Fact.Started.class).getFirst();
    first.close();
    kill(started.pid());
    Path run = runDirectory(started.runid());
    empty(run);
    Files.delete(run);
    Files.writeString(run, "in the way");
    Agent second = start();
    soon().until(() -> ended().size() == 1);
    assertThat(ended().getFirst().state()).isEqualTo(RunState.LOST);
    assertThat(ended().getFirst().reason()).contains("can't be read").contains(started.runid());
    second.operations().start(Jobs.id(2), null);
    soon().until(() -> succeeded() == 1);
    assertThat(text(ended().getLast().runid())).isEqualTo("y\n");
  }

  private String refusal(Agent agent) {
    return agent.operations().start(Jobs.id(2), null) instanceof Outcome.Refused(_, String message)
        ? message
        : "";
  }

  private void everySecondIsAnsweredOnce() {
    TreeSet<Instant> answered = new TreeSet<>();
    for (Fact.Granted run : center.facts(Fact.Granted.class)) {
      Instant at = run.fireat();
      assertThat(at == null || answered.add(at)).as("%s has one run", at).isTrue();
    }
    for (Fact.Gap gap : center.facts(Fact.Gap.class)) {
      for (Instant at = gap.first(); !at.isAfter(gap.last()); at = at.plusSeconds(1)) {
        assertThat(answered.add(at)).as("%s is answered once", at).isTrue();
      }
    }
    assertThat(answered)
        .hasSize((int) Duration.between(answered.first(), answered.last()).toSeconds() + 1);
    assertThat(ended()).hasSameSizeAs(center.facts(Fact.Granted.class));
  }

  private Agent start() throws IOException {
    Clock clock = Clock.systemUTC();
    Agent agent =
        Agent.start(
            new AgentSettings(
                KEY,
                node(),
                center::url,
                "token",
                Tls.NONE,
                directory,
                directory.resolve("state"),
                ZoneOffset.UTC,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ZERO,
                OutputCaps.DEFAULT),
            DiskPackageCache.over(
                directory,
                center::url,
                new DiskPackageCache.Access("token", Tls.NONE),
                1 << 20,
                clock),
            coordination::open,
            _ -> {},
            clock);
    agents.add(agent);
    return agent;
  }

  private static Node node() {
    return new Node(
        Node.AGENT,
        "host",
        "",
        "local",
        "linux",
        "amd64",
        "127.0.0.1",
        "http://127.0.0.1:1",
        1,
        false,
        0,
        0,
        null);
  }

  private static Jobs byHand(int number, String command) {
    return Jobs.every(number, 1, 1).from(whole()).schedules().command(command);
  }

  private static Instant whole() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  private List<Fact.Ended> ended() {
    return center.facts(Fact.Ended.class);
  }

  private long succeeded() {
    return ended().stream().filter(end -> end.state() == RunState.SUCCEEDED).count();
  }

  private String text(String runId) {
    RunOutput output = Objects.requireNonNull(center.output(runId, "stdout"));
    return new String(Objects.requireNonNull(output.data()), UTF_8);
  }

  private Path runDirectory(String runId) throws IOException {
    try (Stream<Path> found =
        Files.find(directory.resolve("runs"), 2, (path, _) -> path.endsWith(runId))) {
      return found.findFirst().orElseThrow();
    }
  }

  private static void empty(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void kill(long pid) {
    ProcessHandle shell = ProcessHandle.of(pid).orElseThrow();
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    // Nobody reaps it here, so it stays in the list of processes, without a command line.
    Path command = Path.of("/proc", Long.toString(pid), "cmdline");
    soon().until(() -> !Files.exists(command) || Files.readString(command).isEmpty());
  }
}
