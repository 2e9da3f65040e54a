package io.cloudtask.agent.lease;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Center;
import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store for a lease, through any center, for as long as it lives. The answer also says
 * whether the clock of this host is right. Thread-safe.
 */
public final class StoreLease implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StoreLease.class.getName());
  private static final Duration NAP = Duration.ofSeconds(1);
  private static final Duration UNKNOWN_YET = Duration.ofMillis(200);
  private static final String FENCED = "fenced";
  private static final String UNKNOWN = "unknown-agent";

  private final Center center;
  private final Introduction introduction;
  private final Standing standing;
  private final String incarnation;
  private final InstantSource clock;
  private final Supplier<@Nullable Double> load;
  private final Runnable ask;
  private final AtomicLong skew = new AtomicLong();
  private final Loop loop;
  private boolean fit = true;
  private @Nullable String trouble;

  /**
   * @param load of this host, as {@link LeaseRequest} says it
   * @param ask has the job set asked for, or this agent introduced, at once; must not block
   */
  public StoreLease(
      Loops loops,
      Contact contact,
      Standing standing,
      InstantSource clock,
      Supplier<@Nullable Double> load,
      Runnable ask) {
    this.center = contact.center();
    this.introduction = contact.introduction();
    this.standing = standing;
    this.incarnation = contact.incarnation();
    this.clock = clock;
    this.load = load;
    this.ask = ask;
    this.loop = loops.loop("store-lease", Loops.Kind.CALLER, this::turn);
  }

  public void start() {
    loop.start();
  }

  /** How far the clock of this host is ahead, in milliseconds, when that is too much; else 0. */
  public long harmfulSkew() {
    return skew.get();
  }

  private Wait turn() throws InterruptedException {
    Duration wait = Duration.ofNanos(standing.untilStoreDue());
    if (wait.isPositive()) {
      return Wait.atMost(wait.compareTo(NAP) > 0 ? NAP : wait);
    }
    if (!introduction.made()) {
      return Wait.atMost(UNKNOWN_YET);
    }
    askStore();
    return Wait.NONE;
  }

  private void askStore() throws InterruptedException {
    long sent = standing.askingStore();
    try {
      LeaseRequest request = new LeaseRequest(incarnation, clock.millis(), load.get());
      switch (center.lease(request)) {
        case Answer.Done<LeaseAnswer>(LeaseAnswer answer) -> granted(sent, answer);
        case Answer.Refused<LeaseAnswer> refused -> refused(refused);
        case Answer.Unchanged<LeaseAnswer> _ -> tell("it answered without a word");
      }
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      tell(e.getMessage());
    }
  }

  private void granted(long sent, LeaseAnswer answer) {
    Duration length = Duration.ofMillis(answer.millis());
    Reading reading = Reading.of(answer, Duration.ofNanos(standing.now() - sent));
    standing.change((lease, now) -> {
      if (reading != Reading.UNSURE) {
        lease.compared(sent, reading == Reading.RIGHT);
      }
      lease.confirmedByStore(sent, length, now);
    });
    if (reading != Reading.UNSURE) {
      skew.set(reading == Reading.RIGHT ? 0 : answer.skew());
      tellFitness(answer, reading == Reading.RIGHT);
    }
    if (trouble != null) {
      trouble = null;
      LOG.log(System.Logger.Level.INFO, "A center grants this agent leases again.");
    }
  }

  private void tellFitness(LeaseAnswer answer, boolean right) {
    if (right == fit) {
      return;
    }
    fit = right;
    if (fit) {
      LOG.log(System.Logger.Level.INFO, "The clock of this host is right again; jobs are started.");
    } else {
      LOG.log(
          System.Logger.Level.ERROR,
          "The clock of this host is {0} s {1} the cluster''s. Nothing is started until it is right"
              + " again: let a time service such as chrony or systemd-timesyncd set it.",
          Math.abs(answer.skew()) / 1000.0,
          answer.skew() > 0 ? "ahead of" : "behind");
    }
  }

  private void refused(Answer.Refused<LeaseAnswer> refused) {
    if (refused.code().equals(FENCED)) {
      standing.change((lease, now) -> lease.fenced(now));
      ask.run();
    } else {
      introduction.forget();
      if (refused.code().equals(UNKNOWN)) {
        ask.run();
      }
    }
    tell(refused.message());
  }

  /** Says what is wrong when it begins, not at each attempt. */
  private void tell(@Nullable String message) {
    if (trouble == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No center grants this agent a lease: {0}. While the coordinator confirms it, its jobs go"
              + " on all the same.",
          message);
    }
    trouble = String.valueOf(message);
  }

  @Override
  public void close() {
    loop.close();
  }
}
