package io.cloudtask.agent.run;

import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.journal.JournalException;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.process.ProcessSupervisor;
import io.cloudtask.agent.timetable.ClaimOrder;
import io.cloudtask.agent.timetable.Effects;
import io.cloudtask.agent.timetable.Reply;
import io.cloudtask.agent.timetable.Timetable;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timetable and the runs, working together. Thread-safe.
 *
 * <p>After {@link #start} the runs of an earlier process are found again; nothing that was due is
 * decided before {@link #decide}, or a job set, comes.
 */
public final class Execution implements AutoCloseable {
  private static final int PAGE = 1000;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Reply BUSY =
      new Reply.Refused(
          "busy", "The agent did not answer within 10 s (is its disk slow?); ask again.");

  /**
   * What it must be told.
   *
   * @param saveDirectory holds work directories and runs
   * @param zone of this host
   * @param grace between TERM and KILL
   * @param pullRecovery between attempts to get a package
   * @param cleanInterval between cleanings; zero: never
   */
  public record Settings(
      Path saveDirectory,
      ZoneId zone,
      Duration grace,
      Duration pullRecovery,
      Duration cleanInterval) {}

  /**
   * On what it depends whether fire times may be started.
   *
   * @param claims hears which claims are to be asked for; must not block
   */
  public record Surroundings(Timekeeper.Gates gates, Consumer<ClaimOrder> claims) {}

  private final Journal journal;
  private final RunFiles files;
  private final Consumer<ClaimOrder> claims;
  private final Timekeeper timekeeper;
  private final Runs runs;
  private final Preparations preparations;
  private final Cleaner cleaner;

  public Execution(
      Settings settings,
      Journal journal,
      RunFiles files,
      ProcessSupervisor supervisor,
      PackageCache packages,
      Surroundings surroundings,
      Timekeeper.Times times) {
    Clock clock = times.clock();
    this.journal = journal;
    this.files = files;
    this.runs = new Runs(settings.saveDirectory(), supervisor, new Told(), clock, settings.grace());
    this.preparations =
        new Preparations(packages, settings.pullRecovery(), this::wants, this::prepared);
    Timetable timetable = new Timetable(journal.recovered(), settings.zone(), clock.instant());
    this.claims = surroundings.claims();
    this.timekeeper =
        new Timekeeper(timetable, journal, this::carryOut, surroundings.gates(), times);
    this.cleaner = new Cleaner(packages, settings.cleanInterval(), this::inUse);
  }

  /**
   * Begins.
   *
   * @throws IOException when the facts of the journal, or the directories of runs, can't be read
   */
  public void start() throws IOException {
    JournalState state = journal.recovered();
    files.keepOnly(known(state));
    for (OpenRun run : state.runs()) {
      if (run.released()) {
        runs.reattach(run);
      }
    }
    files.know(runs::isGoing);
    timekeeper.start();
    timekeeper.post((timetable, _) -> timetable.recover());
    cleaner.start();
  }

  /** Runs whose files are still needed. */
  private Set<String> known(JournalState state) throws IOException {
    Set<String> known = new HashSet<>();
    state.runs().forEach(run -> known.add(run.runid()));
    long after = state.acked();
    for (List<Report> page = journal.facts(after, PAGE);
        !page.isEmpty();
        page = journal.facts(after, PAGE)) {
      after = page.getLast().sequence();
      for (Report report : page) {
        if (report.fact() instanceof Fact.Ended ended) {
          known.add(ended.runid());
        }
      }
    }
    return known;
  }

  /** From now on it is decided what becomes of due instants, by the definitions that are held. */
  public void decide() {
    timekeeper.post((timetable, now) -> {
      timetable.decide(now);
      return Effects.NONE;
    });
  }

  /**
   * Takes a job set; waits until what it says of spans is journalled. Versions of jobs come into
   * force later, when their packages are there.
   *
   * @throws IOException when it could not be journalled; the set is to be taken again
   */
  public void take(JobSet set) throws IOException, InterruptedException {
    Taking event = new Taking(set);
    timekeeper.post(event);
    try {
      event.done.get();
    } catch (ExecutionException e) {
      throw new IOException("the job set is not taken: " + e.getMessage(), e);
    }
  }

  /** Hears the answer to a claim. */
  public void claimed(ClaimOrder order, boolean granted) {
    timekeeper.post((timetable, now) -> timetable.claimed(order, granted, now));
  }

  /** Has it look at once whether fire times may be started. */
  public void gateMoved() {
    timekeeper.nudge();
  }

  /** The revision in force. */
  public long revision() {
    return timekeeper.view().revision();
  }

  /** The jobs in force by id, in the order in which they were taken. */
  public Map<String, AssignedJob> jobs() {
    return timekeeper.view().jobs();
  }

  /** Whether a run is neither over nor unknown. */
  public boolean isGoing(String runId) {
    return runs.isGoing(runId);
  }

  /** Starts a job by hand; waits until the run is durably promised. */
  public Reply start(String jobId, String runId) {
    return ask((timetable, now) -> timetable.start(jobId, runId, now));
  }

  /**
   * Stops what runs of a job; returns before it has ended.
   *
   * @param runId the one to stop; null for all
   */
  public Reply stop(String jobId, @Nullable String runId) {
    return ask((timetable, now) -> timetable.stop(jobId, runId, now));
  }

  private Reply ask(BiFunction<Timetable, Instant, Reply> question) {
    Question event = new Question(question);
    timekeeper.post(event);
    return event.answer.completeOnTimeout(BUSY, ANSWER.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private void carryOut(Effects effects) {
    effects.starts().forEach(order -> runs.start(order.run()));
    effects.stops().forEach(runs::stop);
    effects.prepares().forEach(preparations::prepare);
    effects.claims().forEach(claims);
  }

  private boolean wants(AssignedJob job) {
    return timekeeper.view().jobs().containsKey(job.jobid());
  }

  private void prepared(AssignedJob job, String reason) {
    timekeeper.post((timetable, now) -> timetable.prepared(job, reason, now));
  }

  private Set<String> inUse() {
    Set<String> jobs = new HashSet<>(timekeeper.view().jobs().keySet());
    jobs.addAll(runs.jobs());
    return jobs;
  }

  /** Leaves every run running. */
  @Override
  public void close() {
    cleaner.close();
    preparations.close();
    timekeeper.close();
    runs.close();
  }

  private final class Told implements RunEvents {
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

  private static final class Taking implements Timekeeper.Event {
    private final JobSet set;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

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
        done.completeExceptionally(failure);
      }
    }

    @Override
    public void dropped() {
      done.completeExceptionally(new IOException("The agent is being stopped."));
    }
  }

  private static final class Question implements Timekeeper.Event {
    private final BiFunction<Timetable, Instant, Reply> question;
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private Reply reply = new Reply.UnknownJob();

    Question(BiFunction<Timetable, Instant, Reply> question) {
      this.question = question;
    }

    @Override
    public Effects apply(Timetable timetable, Instant now) {
      reply = question.apply(timetable, now);
      return reply instanceof Reply.Accepted accepted ? accepted.effects() : Effects.NONE;
    }

    @Override
    public void carriedOut(@Nullable JournalException failure) {
      if (failure != null
          && reply instanceof Reply.Accepted accepted
          && accepted.effects().promise()) {
        answer.complete(new Reply.Refused("not-journalled", String.valueOf(failure.getMessage())));
      } else {
        answer.complete(reply);
      }
    }

    @Override
    public void dropped() {
      answer.complete(new Reply.Refused("stopping", "The agent is being stopped."));
    }
  }
}
