package io.cloudtask.agent;

import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.packages.DiskPackageCache;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.exchange.Fact;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;

/** A host with an agent, or several lives of one, beside a coordinator and a center. */
final class Host implements AutoCloseable {
  static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";

  /** Of which a lease is half. */
  static final Duration SESSION = Duration.ofSeconds(3);

  final FakeCenter center = new FakeCenter();
  final MemoryCoordination coordination;
  final List<Agent> agents = new ArrayList<>();

  /** With the coordinator, of the agents in the order of their starts. */
  final List<MemorySession> sessions = new CopyOnWriteArrayList<>();

  private final Path directory;

  Host(Path directory, MemoryCoordination coordination) throws IOException {
    this.directory = directory;
    this.coordination = coordination;
  }

  Agent start() throws IOException {
    return start(Clock.systemUTC());
  }

  Agent start(Clock clock) throws IOException {
    return start(clock, directory, node("host", ProcessHandle.current().pid()));
  }

  /**
   * @param home of the agent
   */
  Agent start(Clock clock, Path home, Node node) throws IOException {
    Agent agent =
        Agent.start(
            new AgentSettings(
                KEY,
                node,
                center::url,
                "token",
                Tls.NONE,
                home,
                home.resolve("state"),
                ZoneOffset.UTC,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ZERO,
                OutputCaps.DEFAULT),
            DiskPackageCache.over(
                home, center::url, new DiskPackageCache.Access("token", Tls.NONE), 1 << 20, clock),
            this::session,
            _ -> {},
            clock);
    agents.add(agent);
    return agent;
  }

  private MemorySession session() {
    MemorySession session = coordination.open();
    sessions.add(session);
    return session;
  }

  static Node node(String hostname, long pid) {
    return new Node(
        Node.AGENT,
        hostname,
        "",
        "local",
        "linux",
        "amd64",
        "127.0.0.1",
        "http://127.0.0.1:1",
        pid,
        false,
        0,
        0,
        "e30K");
  }

  /** A job without a schedule. */
  static Jobs byHand(int number, String command) {
    return Jobs.every(number, 1, 1).from(whole()).schedules().command(command);
  }

  static Instant whole() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  List<Fact.Ended> ended() {
    return center.facts(Fact.Ended.class);
  }

  @Override
  public void close() {
    agents.forEach(Agent::close);
    center.close();
    coordination.close();
  }
}
