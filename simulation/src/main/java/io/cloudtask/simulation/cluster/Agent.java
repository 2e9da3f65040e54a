package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.intake.Intake;
import io.cloudtask.agent.journal.JournalException;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.lease.Claimant;
import io.cloudtask.agent.lease.Standing;
import io.cloudtask.agent.lease.StoreLease;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.report.Reporter;
import io.cloudtask.agent.run.Timekeeper;
import io.cloudtask.agent.timetable.ClaimOrder;
import io.cloudtask.agent.timetable.Effects;
import io.cloudtask.agent.timetable.RunOrder;
import io.cloudtask.agent.timetable.Timetable;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Promise;
import io.cloudtask.simulation.world.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One life of an agent: the parts that are shipped, put together over a pretended host. What {@code
 * io.cloudtask.agent.Agent} does with threads, sockets and files is done here with fibers, the
 * pretended network and the pretended disk.
 */
final class Agent {
  private static final Duration FIRST_SYNC = Duration.ofSeconds(3);
  private static final Duration PULSE = Duration.ofSeconds(4);

  private final AgentHost host;
  private final Life life;
  private final AgentJournal journal;
  private final AgentRuns runs;
  private final Standing standing;
  private final Timekeeper timekeeper;
  private final Claimant claimant;
  private final Intake intake;
  private final Reporter reporter;
  private final StoreLease storeLease;
  private final Presence presence;
  private @Nullable RemoteCoordinator session;

  Agent(AgentHost host, Life life, String incarnation) {
    this.host = host;
    this.life = life;
    Timeline timeline = life.timeline();
    SplittableRandom random = new SplittableRandom(timeline.dice().any());
    this.journal = new AgentJournal(life, host.disk(), host.cluster().mutant());
    JournalState recovered = journal.recovered();
    this.standing = new Standing(timeline::now);
    FiberLoops loops = new FiberLoops(life);
    AgentCalls calls = new AgentCalls(host, life, journal);
    Introduction introduction =
        new Introduction(calls, () -> hello(incarnation), sequence -> applied(sequence));
    Contact contact = new Contact(calls, introduction, incarnation);
    this.claimant = new Claimant(loops, contact, this::claimed, timeline::now);
    Timetable timetable =
        new Timetable(journal.recovered(), ZoneOffset.UTC, host.clock().instant());
    this.timekeeper =
        new Timekeeper(
            timetable,
            journal,
            this::carryOut,
            new AgentGates(standing, host.cluster().mutant()),
            new Timekeeper.Times(new YieldingClock(host.clock(), life), timeline::now, loops));
    this.runs = new AgentRuns(life, host.processes(), host.clock(), new Told());
    standing.onChange(timekeeper::nudge);
    this.intake = new Intake(loops, contact, new Held(), recovered.revision(), random.split());
    this.reporter =
        new Reporter(
            loops,
            contact,
            journal,
            new AgentOutputs(host.processes()),
            recovered.acked(),
            random.split());
    this.storeLease =
        new StoreLease(loops, contact, standing, host.clock(), () -> null, intake::nudge);
    Presence.Self self = new Presence.Self(host.key(), host.node(), host::lives);
    this.presence =
        new Presence(
            loops, this::connect, self, new AgentNotices(intake), standing, host.clock(), PULSE);
    recovered.runs().stream().filter(OpenRun::released).forEach(runs::reattach);
  }

  Life life() {
    return life;
  }

  @Nullable RemoteCoordinator session() {
    return session;
  }

  void begin() {
    timekeeper.start();
    timekeeper.post((timetable, _) -> timetable.recover());
    presence.start();
    intake.start();
    storeLease.start();
    claimant.start();
    reporter.start();
    life.later(FIRST_SYNC, this::decide);
  }

  private RemoteCoordinator connect() {
    RemoteCoordinator made = host.cluster().ensemble().connect(life, host.name());
    session = made;
    return made;
  }

  private void decide() {
    timekeeper.post((timetable, now) -> {
      timetable.decide(now);
      return Effects.NONE;
    });
  }

  private Hello hello(String incarnation) {
    return new Hello(incarnation, journal.sequence(), host.clock().millis(), presence.node());
  }

  private void applied(long sequence) {
    reporter.applied(sequence);
  }

  private void claimed(ClaimOrder order, boolean granted) {
    timekeeper.post((timetable, now) -> timetable.claimed(order, granted, now));
  }

  private void carryOut(Effects effects) {
    for (RunOrder order : effects.starts()) {
      runs.start(order.run());
    }
    effects.stops().forEach(runs::stop);
    effects.claims().forEach(claimant::ask);
    effects.prepares().forEach(this::prepare);
  }

  private void prepare(AssignedJob job) {
    Duration takes = life.timeline().dice().skewed(Duration.ofMillis(1), Duration.ofSeconds(1));
    life.later(takes, () -> timekeeper.post((timetable, now) -> timetable.prepared(job, "", now)));
  }

  private final class Told implements AgentRuns.Events {
    @Override
    public void started(Fact.Started started) {
      timekeeper.post(
          (timetable, _) -> timetable.started(started.runid(), started.pid(), started.startedat()));
    }

    @Override
    public void ended(Fact.Ended ended) {
      timekeeper.post((timetable, now) -> timetable.ended(ended, now));
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
    public void take(JobSet set) throws IOException {
      Taking taking = new Taking(set);
      timekeeper.post(taking);
      try {
        boolean _ = taking.done.await(Duration.ofMinutes(5));
      } catch (JournalException e) {
        throw new IOException(e.getMessage(), e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class Taking implements Timekeeper.Event {
    private final JobSet set;
    private final Promise<Boolean> done = new Promise<>(life);

    Taking(JobSet set) {
      this.set = set;
    }

    @Override
    public Effects apply(Timetable timetable, Instant now) {
      return timetable.take(set, now);
    }

    @Override
    public boolean durable() {
      return true;
    }

    @Override
    public void carriedOut(@Nullable JournalException failure) {
      if (failure == null) {
        done.complete(true);
      } else {
        done.fail(failure);
      }
    }
  }
}
