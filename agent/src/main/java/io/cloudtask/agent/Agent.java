package io.cloudtask.agent;

import io.cloudtask.agent.center.CenterClient;
import io.cloudtask.agent.center.Centers;
import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.http.AgentOperations;
import io.cloudtask.agent.intake.Intake;
import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.lease.Claimant;
import io.cloudtask.agent.lease.Standing;
import io.cloudtask.agent.lease.StoreLease;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.ThreadLoops;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.presence.Attachment;
import io.cloudtask.agent.presence.HostLoad;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputFile;
import io.cloudtask.agent.process.ProcessSupervisors;
import io.cloudtask.agent.report.Reporter;
import io.cloudtask.agent.run.Execution;
import io.cloudtask.agent.run.RunFiles;
import io.cloudtask.agent.run.Timekeeper;
import io.cloudtask.agent.timetable.ClaimOrder;
import io.cloudtask.agent.timetable.Gate;
import io.cloudtask.model.Release;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One agent: holds jobs, runs them on time, and tells what happened. Thread-safe. It needs neither
 * a center nor the coordinator to run the jobs that it holds.
 */
public final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());

  /** How long decisions about the time before the start wait for the newest definitions. */
  private static final Duration FIRST_SYNC = Duration.ofSeconds(3);

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Journal journal;
  private final Standing standing = new Standing(System::nanoTime);
  private final Execution execution;
  private final Intake intake;
  private final Reporter reporter;
  private final StoreLease storeLease;
  private final Claimant claimant;
  private final Presence presence;
  private final Operations operations;
  private final HttpClient http;
  private final Centers centers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Agent(
      AgentSettings settings,
      PackageCache packages,
      Presence.Source coordinator,
      Consumer<ServerConfig> serverConfig,
      Clock clock)
      throws IOException {
    String incarnation = UUID.randomUUID().toString();
    OutputFile output = new OutputFile(settings.caps());
    RunFiles files = new RunFiles(settings.saveDirectory(), output, clock);
    journal = Journal.open(settings.stateDirectory(), clock.instant(), files::shed);
    journal.complaint().ifPresent(text -> LOG.log(System.Logger.Level.ERROR, text));
    HttpClient.Builder calls =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    settings.tls().client().ifPresent(calls::sslContext);
    http = calls.build();
    centers = new Centers(settings.centerHost(), settings.key());
    packages.alsoFrom(centers::inOrder);
    CenterClient center = new CenterClient(http, centers, settings.token(), settings.key());
    Introduction introduction =
        new Introduction(center, () -> hello(incarnation, clock), applied -> applied(applied));
    Contact contact = new Contact(center, introduction, incarnation);
    Loops loops = new ThreadLoops();
    SplittableRandom random = new SplittableRandom();
    claimant = new Claimant(loops, contact, this::claimed, System::nanoTime);
    execution =
        new Execution(
            new Execution.Settings(
                settings.saveDirectory(),
                settings.zone(),
                settings.grace(),
                settings.pullRecovery(),
                settings.cleanInterval()),
            journal,
            files,
            ProcessSupervisors.forThisHost(clock, output),
            packages,
            new Execution.Surroundings(new Gates(), claimant::ask),
            new Timekeeper.Times(clock, System::nanoTime, loops));
    standing.onChange(execution::gateMoved);
    long revision = journal.recovered().revision();
    intake = new Intake(loops, contact, new Held(), revision, random.split());
    long acked = journal.recovered().acked();
    reporter = new Reporter(loops, contact, journal, files, acked, random.split());
    storeLease =
        new StoreLease(loops, contact, standing, clock, HostLoad.here()::now, intake::nudge);
    presence =
        new Presence(
            loops,
            coordinator,
            new Presence.Self(
                settings.key(), settings.node(), pid -> ProcessHandle.of(pid).isPresent()),
            new Notices(serverConfig),
            standing,
            clock,
            settings.pulse());
    operations = new Operations(presence, execution, files, intake, clock);
  }

  /**
   * Starts an agent; it goes on where it was when it ended the last time.
   *
   * @param packages over the same save directory
   * @param coordinator tried again for as long as it does not answer
   * @param serverConfig hears the configuration that all share, whenever it changes
   * @throws IOException when its journal can't be opened
   */
  public static Agent start(
      AgentSettings settings,
      PackageCache packages,
      Presence.Source coordinator,
      Consumer<ServerConfig> serverConfig,
      Clock clock)
      throws IOException {
    Agent agent = new Agent(settings, packages, coordinator, serverConfig, clock);
    agent.execution.start();
    agent.presence.start();
    agent.intake.start();
    agent.storeLease.start();
    agent.claimant.start();
    agent.reporter.start();
    Thread.ofVirtual().name("first-sync").start(agent::decide);
    return agent;
  }

  /**
   * Waits until a center has told for the first time which jobs this agent holds.
   *
   * @return whether that came in time
   */
  public boolean awaitCenter(Duration atMost) throws InterruptedException {
    return intake.awaitFirst(atMost);
  }

  /** What the HTTP API needs. */
  public AgentOperations operations() {
    return operations;
  }

  private void decide() {
    try {
      boolean synced = intake.awaitFirst(FIRST_SYNC);
      LOG.log(
          System.Logger.Level.DEBUG, synced ? "in step with a center" : "no center has answered");
      execution.decide();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Hello hello(String incarnation, Clock clock) {
    return new Hello(
        incarnation,
        journal.sequence(),
        clock.instant().toEpochMilli(),
        presence.node(),
        Release.of(Agent.class));
  }

  private void applied(long sequence) {
    reporter.applied(sequence);
  }

  private void claimed(ClaimOrder order, boolean granted) {
    execution.claimed(order, granted);
  }

  /** Ends within 10 s; what runs goes on, and is found again by the next start. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    intake.close();
    storeLease.close();
    claimant.close();
    execution.close(); // Before it signs out: then its jobs may be given to others.
    reporter.close();
    presence.close();
    journal.close();
    http.shutdownNow();
  }

  /** What the lease lets the timetable start. */
  private final class Gates implements Timekeeper.Gates {
    @Override
    public Gate now() {
      return standing.gate();
    }

    @Override
    public long untilClosed() {
      return standing.untilClosed();
    }

    @Override
    public void autonomy(Duration extra) {
      standing.autonomy(extra);
    }

    @Override
    public void doubt() {
      standing.doubt();
    }
  }

  private final class Held implements Intake.Holder {
    @Override
    public long asking() {
      return standing.asking();
    }

    @Override
    public void learned(long number) {
      standing.learned(number);
      presence.learned();
    }

    @Override
    public void take(JobSet set) throws IOException, InterruptedException {
      execution.take(set);
    }
  }

  private final class Notices implements Presence.Notices {
    private final Consumer<ServerConfig> configs;

    Notices(Consumer<ServerConfig> configs) {
      this.configs = configs;
    }

    @Override
    public void revision(long revision) {
      if (revision != intake.held()) {
        intake.nudge();
      }
    }

    @Override
    public void serverConfig(ServerConfig config) {
      configs.accept(config);
      intake.nudge();
    }

    @Override
    public void centers(List<Node> live) {
      centers.live(live.stream().map(Node::apiaddr).toList());
      intake.nudge();
    }

    @Override
    public void learn() {
      intake.nudge();
    }

    @Override
    public long held() {
      return intake.held();
    }

    @Override
    public Node shown(Node node) {
      return Attachment.withClockSkew(node, storeLease.harmfulSkew());
    }
  }
}
