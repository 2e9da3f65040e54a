package io.cloudtask.agent.intake;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Center;
import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.model.exchange.JobSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Fetches the job set for as long as it lives. Thread-safe. */
public final class Intake implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Intake.class.getName());

  /** Who holds the jobs. */
  public interface Holder {
    /** A request for the set is about to be sent; returns its number. */
    long asking();

    /** The request was answered, and what the answer says of spans is journalled. */
    void learned(long number);

    /**
     * Takes a newer set; waits until what it says of spans is journalled.
     *
     * @throws IOException when it can't be journalled
     */
    void take(JobSet set) throws IOException, InterruptedException;
  }

  private final Center center;
  private final Introduction introduction;
  private final Holder holder;
  private final Asking asking;

  private final CountDownLatch synced = new CountDownLatch(1);
  private final Loop loop;
  private volatile long held;
  private @Nullable String trouble;

  /**
   * @param revision in force when the agent ended
   */
  public Intake(
      Loops loops, Contact contact, Holder holder, long revision, RandomGenerator random) {
    this.center = contact.center();
    this.introduction = contact.introduction();
    this.holder = holder;
    this.held = revision;
    this.asking = new Asking(revision, random);
    this.loop = loops.loop("intake", Loops.Kind.CALLER, this::look);
  }

  public void start() {
    loop.start();
  }

  /**
   * The revision of the newest set that was taken; jobs of it may still wait for their packages.
   */
  public long held() {
    return held;
  }

  /** Has it look at once. */
  public void nudge() {
    loop.ring();
  }

  /**
   * Waits for the first answer of a center since the start.
   *
   * @return whether it came in time
   */
  public boolean awaitFirst(Duration atMost) throws InterruptedException {
    return synced.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once, and says when to look again. */
  private Wait look() throws InterruptedException {
    try {
      return Wait.atMost(introduction.make() ? ask() : asking.failed());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      tell(e.getMessage());
      return Wait.atMost(asking.failed());
    }
  }

  private Duration ask() throws IOException, InterruptedException {
    long number = holder.asking();
    return switch (center.jobs(asking.held())) {
      case Answer.Done<JobSet>(JobSet set) -> {
        holder.take(set);
        holder.learned(number);
        heard();
        held = set.revision();
        yield asking.taken(set.revision());
      }
      case Answer.Unchanged<JobSet> _ -> {
        holder.learned(number);
        heard();
        yield asking.unchanged();
      }
      case Answer.Refused<JobSet> refused -> {
        introduction.forget();
        tell(refused.message());
        yield asking.failed();
      }
    };
  }

  private void heard() {
    synced.countDown();
    if (trouble != null) {
      trouble = null;
      LOG.log(System.Logger.Level.INFO, "The job set is up to date with the center again.");
    }
  }

  /** Says what is wrong when it begins, not at each attempt. */
  private void tell(@Nullable String message) {
    if (trouble == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The job set can''t be fetched: {0}. The jobs that are held go on as before; trying"
              + " again.",
          message);
    }
    trouble = String.valueOf(message);
  }

  @Override
  public void close() {
    loop.close();
  }
}
