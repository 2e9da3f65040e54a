package io.cloudtask.agent.run;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.journal.JournalException;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.agent.timetable.Effects;
import io.cloudtask.agent.timetable.Gate;
import io.cloudtask.agent.timetable.Timetable;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one loop that owns the timetable. It sleeps until the next due instant, hands events in, and
 * carries out what follows: records first, then processes. All that is due at one instant shares
 * one flush of the journal.
 */
public final class Timekeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Timekeeper.class.getName());
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration NAP_BEFORE_SOON = Duration.ofSeconds(1);

  /** Shorter than an instant stays on time, so that a clock set forward costs no fire time. */
  private static final Duration NAP = Duration.ofSeconds(4);

  private static final Duration IDLE_NAP = Duration.ofSeconds(10);
  private static final Duration NOTICEABLE_STEP = Duration.ofSeconds(1);

  /** What the agent may start. Thread-safe. */
  public interface Gates {
    /** As it is now; looked at after the wall clock, never before. */
    Gate now();

    /** Nanoseconds until it may close by itself. */
    long untilClosed();

    /** Hears, at the start and after each change, how much longer than confirmed a lease lasts. */
    void autonomy(Duration extra);

    /**
     * More time may have passed than the monotonic clock says, which stands while a host is
     * suspended: what was confirmed before counts no more.
     */
    void doubt();
  }

  /** Something that happened. */
  public interface Event {
    /** Hands it in. */
    Effects apply(Timetable timetable, Instant now);

    /** Whether what follows must be journalled before {@link #carriedOut} is called. */
    default boolean durable() {
      return false;
    }

    /**
     * What follows is carried out.
     *
     * @param failure why what it promises could not be journalled; null when it could, or it
     *     promised nothing
     */
    default void carriedOut(@Nullable JournalException failure) {}

    /** The agent ends, and it was not handed in any more. */
    default void dropped() {}
  }

  /** Who starts and stops runs, and makes work directories. */
  public interface Hands {
    /** Does what the effects say, beyond their records; must not block. */
    void carryOut(Effects effects);
  }

  /** What is in force. */
  public record View(long revision, Map<String, AssignedJob> jobs) {}

  private final Timetable timetable;
  private final Journal journal;
  private final Hands hands;
  private final Gates gates;
  private final Clock clock;
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private final LongSupplier ticker;
  private final Loop loop;
  private volatile View view;
  private Instant wall;
  private long ticks;
  private boolean leased;
  private boolean missed;

  /**
   * What it goes by.
   *
   * @param ticker monotonic nanoseconds
   */
  public record Times(Clock clock, LongSupplier ticker, Loops loops) {}

  public Timekeeper(Timetable timetable, Journal journal, Hands hands, Gates gates, Times times) {
    this.timetable = timetable;
    this.journal = journal;
    this.hands = hands;
    this.gates = gates;
    this.clock = times.clock();
    this.ticker = times.ticker();
    this.wall = clock.instant();
    this.ticks = ticker.getAsLong();
    this.view = look();
    this.loop = times.loops().loop("timetable", Loops.Kind.OWNER, this::turn);
  }

  public void start() {
    loop.start();
  }

  /** Hands an event in; it is applied soon, in the order of arrival. */
  public void post(Event event) {
    events.add(event);
    loop.ring();
  }

  /** Has it look at the gate at once. */
  public void nudge() {
    loop.ring();
  }

  /** What is in force, as of the last event. */
  public View view() {
    return view;
  }

  private Wait turn() {
    Instant now = clock.instant();
    noticeSteps(now);
    round(now);
    return nap();
  }

  private void round(Instant now) {
    Gate gate = gates.now();
    tell(gate.leased());
    timetable.gate(gate, now);
    List<Event> applied = new ArrayList<>();
    Effects effects = Effects.NONE;
    for (Event event = events.poll(); event != null; event = events.poll()) {
      effects = effects.and(event.apply(timetable, now));
      applied.add(event);
    }
    effects = effects.and(timetable.wake(now));
    boolean durable = applied.stream().anyMatch(Event::durable);
    JournalException failure = carryOut(effects, durable, now);
    applied.forEach(event -> event.carriedOut(failure));
  }

  private @Nullable JournalException carryOut(Effects effects, boolean durable, Instant now) {
    JournalException failure = null;
    Effects done = effects;
    if (effects.promise() || durable) {
      try {
        journal.commit(effects.records());
      } catch (JournalException e) {
        failure = e;
        Effects instead = timetable.notJournalled(effects, now);
        journal.append(instead.records());
        done = effects.withoutPromises();
      }
    } else {
      journal.append(effects.records());
    }
    if (effects.records().stream().anyMatch(Timekeeper::changesView)) {
      view = look();
    }
    if (!done.isEmpty()) {
      hands.carryOut(done);
    }
    return failure;
  }

  /** Says when a lease ends, and when there is one again; at the start the first is to come. */
  private void tell(@Nullable GapReason closed) {
    boolean lost = closed == GapReason.LEASE_LOST;
    if (lost && leased) {
      LOG.log(
          System.Logger.Level.WARNING,
          "This agent has no lease any more: neither the coordinator nor a center confirms that its"
              + " jobs are still its own. Those that only this host may run go on; the others are"
              + " not started until it has one.");
      missed = true;
    } else if (closed == null && missed) {
      LOG.log(System.Logger.Level.INFO, "This agent has a lease again.");
      missed = false;
    }
    leased = !lost;
  }

  private static boolean changesView(Entry entry) {
    return entry instanceof Entry.Took
        || entry instanceof Entry.Revised
        || entry.fact() instanceof Fact.Dropped;
  }

  private View look() {
    gates.autonomy(Duration.ofSeconds(timetable.autonomy()));
    Map<String, AssignedJob> jobs = new LinkedHashMap<>();
    timetable.jobs().forEach(job -> jobs.put(job.jobid(), job));
    return new View(timetable.revision(), Collections.unmodifiableMap(jobs));
  }

  /**
   * Sleeps until the next look. Never long while anything is planned: a clock that is set forward
   * in the meantime is noticed before what it brings is late.
   */
  private Wait nap() {
    Optional<Instant> next = timetable.nextWake();
    if (!events.isEmpty()) {
      return Wait.NONE;
    }
    Duration nap = IDLE_NAP;
    if (next.isPresent()) {
      Duration wait = Duration.between(clock.instant(), next.get());
      nap = wait.compareTo(SOON) > 0 ? NAP : shorter(NAP_BEFORE_SOON, wait);
    }
    return Wait.atMost(shorter(nap, Duration.ofNanos(gates.untilClosed())));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void noticeSteps(Instant now) {
    long nowTicks = ticker.getAsLong();
    Duration step = Duration.between(wall, now).minusNanos(nowTicks - ticks);
    if (step.abs().compareTo(NOTICEABLE_STEP) > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The clock of this host was set by {0} s. No fire time is repeated; what it jumped over"
              + " follows the missed policy of each job.",
          step.toMillis() / 1000.0);
    }
    if (step.compareTo(NOTICEABLE_STEP) > 0) {
      gates.doubt();
    }
    wall = now;
    ticks = nowTicks;
  }

  /**
   * Ends. What was handed in and not applied is dropped: what becomes of runs is learnt again from
   * their directories when the agent comes back.
   */
  @Override
  public void close() {
    loop.close();
    for (Event event = events.poll(); event != null; event = events.poll()) {
      event.dropped();
    }
  }
}
