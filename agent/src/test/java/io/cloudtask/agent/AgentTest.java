package io.cloudtask.agent;

import static io.cloudtask.agent.Host.byHand;
import static io.cloudtask.agent.Host.lines;
import static io.cloudtask.agent.Host.soon;
import static io.cloudtask.agent.Host.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.http.AgentOperations.Outcome;
import io.cloudtask.agent.http.AgentOperations.Output;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.model.Ids;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
  private static final String JOB = Jobs.id(1);

  @TempDir Path directory;
  private final MemoryCoordination coordination = new MemoryCoordination();
  private Host host;
  private FakeCenter center;

  @BeforeEach
  void open() throws IOException {
    host = new Host(directory, coordination);
    center = host.center;
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void a_job_of_every_second_runs_through_a_restart_without_a_double_or_a_hole() throws Exception {
    Path ledger = directory.resolve("ledger");
    Jobs job = Jobs.secondly(1).from(whole()).command("echo $CLOUDTASK_FIRE_TIME >> " + ledger);
    center.assign(job.job());
    Agent first = host.start();
    soon().until(() -> host.ended().size() >= 3);
    first.close();
    long before = lines(ledger);
    host.start(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(60)));
    soon().until(() -> lines(ledger) >= before + 4);
    soon().until(() -> !center.facts(Fact.Gap.class).isEmpty());
    host.agents.getLast().close();

    List<Fact.Granted> granted = center.facts(Fact.Granted.class);
    assertThat(Files.readAllLines(ledger)).doesNotHaveDuplicates();
    TreeSet<Instant> answered = new TreeSet<>();
    granted.forEach(run -> assertThat(answered.add(Objects.requireNonNull(run.fireat()))).isTrue());
    for (Fact.Gap gap : center.facts(Fact.Gap.class)) {
      for (Instant at = gap.first(); !at.isAfter(gap.last()); at = at.plusSeconds(1)) {
        assertThat(answered.add(at)).as("%s answered once", at).isTrue();
      }
    }
    assertThat(answered)
        .hasSize((int) Duration.between(answered.first(), answered.last()).toSeconds() + 1);
    assertThat(center.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .contains(GapReason.AGENT_DOWN);
    assertThat(center.sequences()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_run_is_told_with_its_times_its_code_and_what_it_wrote() throws Exception {
    center.assign(byHand(1, "echo out; echo err >&2; echo $CLOUDTASK_JOB_ID $X; exit 3").job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    assertThat(agent.operations().start(JOB, null)).isEqualTo(new Outcome.Accepted());
    soon().until(() -> host.ended().size() == 1);
    Fact.Ended end = host.ended().getFirst();
    assertThat(end.state()).isEqualTo(RunState.FAILED);
    assertThat(end.exitcode()).isEqualTo(3);
    assertThat(text(end.runid(), "stdout")).isEqualTo("out\n" + JOB + "\n");
    assertThat(text(end.runid(), "stderr")).isEqualTo("err\n");
    assertThat(center.facts().stream().map(f -> f.getClass().getSimpleName()))
        .containsExactly("Took", "Granted", "Started", "Ended");
    soon().until(() -> noRunDirectories());
  }

  @Test
  void a_long_output_is_uploaded_before_the_end_is_told() throws Exception {
    center.assign(byHand(1, "head -c 200000 /dev/zero | tr '\\0' x").job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    agent.operations().start(JOB, null);
    soon().until(() -> host.ended().size() == 1);
    String runId = host.ended().getFirst().runid();
    assertThat(center.uploaded(runId, "stdout")).hasSize(200_000);
    assertThat(Objects.requireNonNull(center.output(runId, "stdout")).data()).isNull();
  }

  @Test
  void a_run_goes_on_while_the_agent_is_away_and_is_told_afterwards() throws Exception {
    Path go = directory.resolve("go");
    center.assign(
        byHand(1, "echo begin; while [ ! -e " + go + " ]; do sleep 0.05; done; echo end; exit 7")
            .job());
    Agent first = host.start();
    soon().until(() -> first.operations().revision() == 1);
    first.operations().start(JOB, null);
    soon().until(() -> !center.facts(Fact.Started.class).isEmpty());
    first.close();
    Agent second = host.start();
    String runId = center.facts(Fact.Started.class).getFirst().runid();
    soon().until(() -> liveOutput(second, runId).equals("begin\n"));
    assertThat(host.ended()).isEmpty();
    second.close();
    Files.createFile(go);
    soon().until(() -> exitFile(runId).startsWith("7"));
    host.start();
    soon().until(() -> host.ended().size() == 1);
    assertThat(host.ended().getFirst().exitcode()).isEqualTo(7);
    assertThat(text(runId, "stdout")).isEqualTo("begin\nend\n");
  }

  @Test
  void a_stop_ends_all_processes_of_a_run() throws Exception {
    center.assign(byHand(1, "trap '' TERM; sleep 1000 & setsid sleep 1000 & sleep 1000").job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    agent.operations().start(JOB, null);
    soon().until(() -> !center.facts(Fact.Started.class).isEmpty());
    String runId = center.facts(Fact.Started.class).getFirst().runid();
    assertThat(agent.operations().stop(JOB, null)).isEqualTo(new Outcome.Accepted());
    soon().until(() -> host.ended().size() == 1);
    assertThat(host.ended().getFirst().state()).isEqualTo(RunState.STOPPED);
    assertThat(marked(runId)).isEmpty();
  }

  @Test
  void a_timeout_ends_a_run_and_what_an_ended_run_left_behind() throws Exception {
    center.assign(
        byHand(1, "sleep 1000").timeout(1).job(),
        new Jobs(Jobs.every(2, 4, 1).from(whole()).job())
            .command("sleep 1000 & exit 0")
            .timeout(1)
            .job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    agent.operations().start(JOB, null);
    agent.operations().start(Jobs.id(2), null);
    soon().until(() -> host.ended().size() == 2);
    assertThat(host.ended())
        .extracting(Fact.Ended::state)
        .containsExactlyInAnyOrder(RunState.TIMED_OUT, RunState.SUCCEEDED);
    for (Fact.Ended end : host.ended()) {
      soon().until(() -> marked(end.runid()).isEmpty());
    }
  }

  @Test
  void nothing_is_lost_while_the_center_is_away() throws Exception {
    Jobs job = Jobs.secondly(1).from(whole()).overlap(Overlap.PARALLEL).command("true");
    center.assign(job.job());
    host.start();
    soon().until(() -> host.ended().size() >= 1);
    center.away(true);
    int before = host.ended().size();
    Instant since = Instant.now();
    soon().until(() -> Instant.now().isAfter(since.plusSeconds(4)));
    assertThat(host.ended().size()).isLessThanOrEqualTo(before + 1);
    center.away(false);
    soon().until(() -> host.ended().size() >= before + 4);
    assertThat(center.sequences()).isSorted().doesNotHaveDuplicates();
    assertThat(host.ended()).extracting(Fact.Ended::runid).doesNotHaveDuplicates();
  }

  @Test
  void a_revision_is_acknowledged_once_it_is_taken() throws Exception {
    center.assign(byHand(1, "true").job());
    Agent agent = host.start();
    soon().until(() -> center.acknowledged() == 1);
    center.assign(byHand(1, "true").job(), byHand(2, "true").job());
    coordination.open().publishRevision(Host.KEY, 2);
    soon().until(() -> center.acknowledged() == 2);
    assertThat(agent.operations().jobs()).hasSize(2);
    assertThat(agent.operations().job(Jobs.id(2))).isPresent();
  }

  @Test
  void an_agent_that_the_center_refuses_goes_on_with_what_it_holds() throws Exception {
    Path ledger = directory.resolve("ledger");
    center.assign(Jobs.secondly(1).from(whole()).command("echo x >> " + ledger).job());
    Agent first = host.start();
    soon().until(() -> host.ended().size() >= 1);
    first.close();
    long before = lines(ledger);
    coordination.open().publishRevision(Host.KEY, center.revision());
    center.refuse("other-incarnation");
    host.start();
    soon().until(() -> lines(ledger) >= before + 2);
  }

  @Test
  void one_that_is_refused_at_first_runs_its_jobs_once_that_is_mended() throws Exception {
    center.assign(Jobs.secondly(1).from(whole()).command("true").job());
    center.refuse("host-not-listed");
    Agent agent = host.start();
    soon().until(() -> center.refusals() >= 2);
    assertThat(agent.operations().jobs()).isEmpty();

    center.refuse(null);

    soon().until(() -> host.ended().size() >= 1);
  }

  @Test
  void the_agent_is_a_member_while_it_lives() throws Exception {
    try (var observer = coordination.open()) {
      Agent agent = host.start();
      soon().until(() -> !observer.members(Node.AGENT).isEmpty());
      assertThat(observer.members(Node.AGENT)).extracting(Member::key).containsExactly(Host.KEY);
      soon().until(() -> agent.operations().node().singin());
      agent.close();
      assertThat(observer.members(Node.AGENT)).isEmpty();
    }
  }

  @Test
  void the_end_of_a_run_is_told_although_its_output_can_not_be_read() throws Exception {
    center.assign(byHand(1, "exit 0").job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    String runId = Ids.manualRunId(JOB, "r", Instant.now());
    center.away(true);
    agent.operations().start(JOB, runId);
    soon().until(() -> exitFile(runId).startsWith("0"));
    Path stdout = runDirectory(runId).resolve("stdout");
    Files.delete(stdout);
    Files.createDirectory(stdout);
    Files.createFile(stdout.resolve("in-the-way"));
    center.away(false);
    soon().until(() -> host.ended().size() == 1);
    assertThat(host.ended().getFirst().reason()).contains("stdout could not be read");
  }

  @Test
  void a_job_that_is_not_held_can_not_be_started() throws Exception {
    Agent agent = host.start();
    assertThat(agent.operations().start(JOB, null)).isEqualTo(new Outcome.UnknownJob());
    assertThat(agent.operations().output("0".repeat(32), "stdout", 0, 10))
        .isEqualTo(new Output.UnknownRun());
  }

  @Test
  void five_hundred_jobs_due_in_one_second_all_run() throws Exception {
    Instant due = whole().plusSeconds(3);
    AssignedJob[] jobs = new AssignedJob[500];
    for (int i = 0; i < jobs.length; i++) {
      jobs[i] =
          Jobs.every(i + 1, 3, 24)
              .missed(Missed.SKIP)
              .from(whole())
              .schedules(Jobs.daily(due))
              .command("true")
              .job();
    }
    center.assign(jobs);
    host.start();
    await().atMost(Duration.ofSeconds(40)).until(() -> host.ended().size() == jobs.length);
    assertThat(host.ended()).extracting(Fact.Ended::state).containsOnly(RunState.SUCCEEDED);
    assertThat(center.facts(Fact.Granted.class)).extracting(Fact.Granted::fireat).containsOnly(due);
  }

  private String text(String runId, String stream) {
    RunOutput output = Objects.requireNonNull(center.output(runId, stream));
    return new String(Objects.requireNonNull(output.data()), UTF_8);
  }

  private static String liveOutput(Agent agent, String runId) {
    return agent.operations().output(runId, "stdout", 0, 1000) instanceof Output.Chunk chunk
            && !chunk.end()
        ? new String(chunk.data(), UTF_8)
        : "";
  }

  private Path runDirectory(String runId) throws IOException {
    if (!Files.exists(directory.resolve("runs"))) {
      return directory.resolve("nowhere");
    }
    try (Stream<Path> found =
        Files.find(directory.resolve("runs"), 2, (p, _) -> p.endsWith(runId))) {
      return found.findFirst().orElse(directory.resolve("nowhere"));
    }
  }

  private String exitFile(String runId) throws IOException {
    Path file = runDirectory(runId).resolve("exit");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private boolean noRunDirectories() throws IOException {
    try (Stream<Path> found =
        Files.find(
            directory.resolve("runs"), 2, (p, _) -> Ids.isRunId(p.getFileName().toString()))) {
      return found.findAny().isEmpty();
    }
  }

  /** Processes that carry the mark of a run. */
  private static List<String> marked(String runId) throws IOException {
    List<String> marked = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        try {
          if (Files.readString(process.resolve("environ"), UTF_8).contains(runId)) {
            marked.add(process.toString());
          }
        } catch (IOException e) {
          // It ended meanwhile, or belongs to somebody else.
        }
      }
    }
    return marked;
  }
}
