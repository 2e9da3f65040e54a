package io.cloudtask.agent;

import static io.cloudtask.agent.Host.byHand;
import static io.cloudtask.agent.Host.lines;
import static io.cloudtask.agent.Host.soon;
import static io.cloudtask.agent.Host.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * An agent whose jobs others could be given, and what it starts when somebody is away. Its tests
 * wait for real leases to end, so they wait together.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutOffTest {
  private static final String JOB = Jobs.id(1);

  @TempDir Path directory;
  private final ExecutorService listeners = Executors.newSingleThreadExecutor();
  private final MemoryCoordination coordination =
      new MemoryCoordination(listeners, System::nanoTime, Host.SESSION);
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
    listeners.shutdownNow();
  }

  @Test
  void with_the_word_of_either_it_goes_on_and_with_none_it_starts_nothing() throws Exception {
    center.assign(secondly().job());
    host.start();
    soon().until(() -> granted().size() >= 2);
    center.leases(false);
    int before = granted().size();
    soon().until(() -> granted().size() >= before + 5);
    center.leases(true);
    host.sessions.getFirst().cut(MemorySession.Cut.BOTH);
    int without = granted().size();
    soon().until(() -> granted().size() >= without + 5);
    assertThat(center.facts(Fact.Gap.class)).isEmpty();

    center.leases(false);
    Instant since = Instant.now();
    soon().until(() -> Instant.now().isAfter(since.plusSeconds(12)));
    center.leases(true);
    soon().until(() -> !center.facts(Fact.Gap.class).isEmpty());
    assertThat(center.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsOnly(GapReason.LEASE_LOST);
    int restored = granted().size();
    soon().until(() -> granted().size() >= restored + 2);
  }

  @Test
  void one_that_was_taken_for_dead_learns_it_and_goes_on_with_what_is_its_own() throws Exception {
    center.assign(secondly().job(), Jobs.secondly(2).from(whole()).command("true").job());
    host.start();
    soon().until(() -> granted().size() >= 4);
    cutOff();
    try (Coordinator leader = coordination.open()) {
      coordination.expire(host.sessions.getFirst());
      assertThat(leader.fence(Host.KEY, center.revision())).isPresent();
      Instant fence = Instant.now().plusSeconds(1);
      center.fence(fence, secondly().span(2, fence.plusSeconds(1)).job());
      center.away(false);
      center.leases(true);
      host.sessions.getFirst().mend();
      soon().until(() -> granted().stream().anyMatch(run -> after(run, fence.plusSeconds(2))));
      assertThat(center.facts(Fact.Dropped.class))
          .extracting(Fact.Dropped::at)
          .containsExactly(fence, fence);
      assertThat(granted())
          .filteredOn(run -> after(run, fence))
          .allMatch(run -> run.jobid().equals(JOB) && after(run, fence.plusSeconds(1)));
      assertThat(granted()).extracting(Fact.Granted::runid).doesNotHaveDuplicates();
      assertThat(leader.members(Node.AGENT)).hasSize(1);
    }
  }

  @Test
  void what_runs_is_stopped_when_the_lease_is_over_if_the_job_says_so() throws Exception {
    center.assign(byHand(1, "sleep 1000").ondisconnect(0).job(), byHand(2, "sleep 1000").job());
    Agent agent = host.start();
    soon().until(() -> agent.operations().revision() == 1);
    agent.operations().start(JOB, null);
    agent.operations().start(Jobs.id(2), null);
    soon().until(() -> center.facts(Fact.Started.class).size() == 2);
    cutOff();
    soon().until(() -> agent.operations().job(JOB).isPresent());
    center.away(false);
    soon().until(() -> host.ended().size() == 1);
    assertThat(host.ended().getFirst().jobid()).isEqualTo(JOB);
    assertThat(host.ended().getFirst().state()).isEqualTo(RunState.STOPPED);
    assertThat(host.ended().getFirst().reason()).contains("cut off");
    agent.operations().stop(Jobs.id(2), null);
    soon().until(() -> host.ended().size() == 2);
  }

  @Test
  void a_job_that_is_asked_back_is_given_back_and_not_taken_up_again() throws Exception {
    center.assign(secondly().job());
    Agent agent = host.start();
    soon().until(() -> !granted().isEmpty());
    center.assign(secondly().recalled(true).job());
    coordination.open().publishRevision(Host.KEY, center.revision());
    soon().until(() -> !center.facts(Fact.Dropped.class).isEmpty());
    Instant given = center.facts(Fact.Dropped.class).getFirst().at();
    soon().until(() -> agent.operations().jobs().isEmpty());
    center.assign(secondly().recalled(true).job(), byHand(2, "true").job());
    agent.operations().nudge();
    soon().until(() -> agent.operations().jobs().size() == 1);
    center.assign(secondly().span(2, given).job());
    agent.operations().nudge();
    soon().until(() -> granted().stream().anyMatch(run -> after(run, given)));
    assertThat(granted()).extracting(Fact.Granted::fireat).doesNotHaveDuplicates();
  }

  @Test
  void a_restarted_agent_whose_set_has_not_moved_goes_on_with_every_center_down() throws Exception {
    Path ledger = directory.resolve("ledger");
    center.assign(secondly().command("echo x >> " + ledger).job());
    coordination.open().publishRevision(Host.KEY, center.revision());
    Agent first = host.start();
    soon().until(() -> lines(ledger) >= 1);
    center.away(true);
    first.close();
    long before = lines(ledger);
    host.start();
    soon().until(() -> lines(ledger) >= before + 2);
  }

  @Test
  void what_only_this_agent_may_run_goes_on_with_everybody_away() throws Exception {
    Path ledger = directory.resolve("ledger");
    center.assign(secondly().sole(true).command("echo x >> " + ledger).job());
    Agent first = host.start();
    soon().until(() -> lines(ledger) >= 1);
    center.away(true);
    coordination.cut();
    first.close();
    long before = lines(ledger);
    host.start();
    soon().until(() -> lines(ledger) >= before + 3);
  }

  @Test
  void a_claimed_job_runs_when_its_claim_is_granted_and_not_when_another_has_it() throws Exception {
    center.assign(secondly().guarantee(Guarantee.CLAIMED).job());
    host.start();
    soon().until(() -> granted().size() >= 2);
    center.claimedElsewhere(true);
    soon().until(() -> reasons().contains(GapReason.CLAIMED_ELSEWHERE));
    assertThat(reasons()).containsOnly(GapReason.CLAIMED_ELSEWHERE);
  }

  @Test
  void a_clock_that_is_off_stops_the_agent_until_it_is_right_and_is_shown() throws Exception {
    center.skew(5000);
    Agent agent = host.start();
    soon().until(() -> attachment(agent).contains("\"clockskew\":5000"));
    center.assign(secondly().sole(true).job());
    agent.operations().nudge();
    soon().until(() -> center.facts(Fact.Took.class).size() == 1);
    Instant since = Instant.now();
    soon().until(() -> Instant.now().isAfter(since.plusSeconds(8)));
    assertThat(granted()).isEmpty();
    center.skew(3);
    soon().until(() -> !granted().isEmpty());
    assertThat(reasons()).containsOnly(GapReason.CLOCK_OFF);
    soon().until(() -> !attachment(agent).contains("clockskew"));
  }

  @Test
  void it_goes_on_to_another_center_when_its_own_fails() throws Exception {
    center.assign(secondly().job());
    host.start();
    soon().until(() -> granted().size() >= 1);
    try (FakeCenter other = new FakeCenter();
        Coordinator session = coordination.open()) {
      other.continueFrom(center);
      session.join(new Member("center", centerAt(other.url())));
      center.away(true);
      soon().until(() -> other.facts(Fact.Granted.class).size() >= 3);
    }
  }

  @Test
  void the_second_of_two_agents_with_one_key_starts_nothing_and_the_first_goes_on()
      throws Exception {
    center.assign(secondly().job());
    host.start();
    soon().until(() -> granted().size() >= 1);
    Path elsewhere = directory.resolve("elsewhere");
    center.onlyFirst();
    Agent second = host.start(Clock.systemUTC(), elsewhere, Host.node("other-host", 1));
    int before = granted().size();
    soon().until(() -> granted().size() >= before + 4);
    assertThat(second.operations().jobs()).isEmpty();
    assertThat(second.operations().node().singin()).isFalse();
    assertThat(granted()).extracting(Fact.Granted::runid).doesNotHaveDuplicates();
  }

  /** Nobody answers the agent any more, until its lease is over. */
  private void cutOff() {
    center.away(true);
    center.leases(false);
    host.sessions.getFirst().cut(MemorySession.Cut.BOTH);
    Instant since = Instant.now();
    soon().until(() -> Instant.now().isAfter(since.plusSeconds(4)));
  }

  private static Jobs secondly() {
    return Jobs.secondly(1).from(whole()).overlap(Overlap.PARALLEL).command("true");
  }

  private static Node centerAt(String url) {
    return new Node(
        Node.CENTER, "c", "", "", "linux", "amd64", "127.0.0.1", url, 1, true, 0, 0, null);
  }

  private static boolean after(Fact.Granted run, Instant instant) {
    return Objects.requireNonNull(run.fireat()).isAfter(instant);
  }

  private static String attachment(Agent agent) {
    String attach = Objects.requireNonNull(agent.operations().node().attach());
    return new String(Base64.getDecoder().decode(attach), UTF_8);
  }

  private List<Fact.Granted> granted() {
    return center.facts(Fact.Granted.class);
  }

  private List<GapReason> reasons() {
    return center.facts(Fact.Gap.class).stream().map(Fact.Gap::reason).toList();
  }
}
