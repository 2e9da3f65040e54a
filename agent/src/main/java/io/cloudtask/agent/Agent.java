package io.cloudtask.agent;

import io.cloudtask.agent.center.CenterClient;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.http.AgentOperations;
import io.cloudtask.agent.intake.Intake;
import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputFile;
import io.cloudtask.agent.process.ProcessSupervisors;
import io.cloudtask.agent.report.Reporter;
import io.cloudtask.agent.run.Execution;
import io.cloudtask.agent.run.RunFiles;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.ServerConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
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

  private final Journal journal;
  private final Execution execution;
  private final Intake intake;
  private final Reporter reporter;
  private final Presence presence;
  private final Operations operations;
  private final HttpClient http;
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
    long acked = journal.recovered().acked();
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
            clock);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    CenterClient center =
        new CenterClient(http, settings.centerHost(), settings.token(), settings.key());
    Introduction introduction =
        new Introduction(center, () -> hello(incarnation, clock), applied -> applied(applied));
    intake = new Intake(center, introduction, new Held());
    reporter = new Reporter(journal, center, introduction, files, incarnation, acked);
    presence =
        new Presence(
            coordinator,
            settings.key(),
            settings.node(),
            new Notices(serverConfig),
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
        incarnation, journal.sequence(), clock.instant().toEpochMilli(), presence.node());
  }

  private void applied(long sequence) {
    reporter.applied(sequence);
  }

  /** Ends within 10 s; what runs goes on, and is found again by the next start. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    intake.close();
    reporter.close();
    presence.close();
    execution.close();
    journal.close();
    http.shutdownNow();
  }

  private final class Held implements Intake.Holder {
    @Override
    public long revision() {
      return execution.revision();
    }

    @Override
    public void take(JobSet set) throws InterruptedException {
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
      if (revision > execution.revision()) {
        intake.nudge();
      }
    }

    @Override
    public void serverConfig(ServerConfig config) {
      configs.accept(config);
      intake.nudge();
    }
  }
}
