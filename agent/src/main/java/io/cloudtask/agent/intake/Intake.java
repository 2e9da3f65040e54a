package io.cloudtask.agent.intake;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Bell;
import io.cloudtask.agent.center.CenterClient;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.center.Patience;
import io.cloudtask.model.exchange.JobSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches the job set for as long as it lives, on a thread of its own. Thread-safe. */
public final class Intake implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Intake.class.getName());
  private static final Duration ANYWAY = Duration.ofSeconds(15);
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(2);

  /** Who holds the jobs. */
  public interface Holder {
    /** The revision that is in force here, durably. */
    long revision();

    /** Takes a newer set; returns before it is in force. */
    void take(JobSet set) throws InterruptedException;
  }

  private final CenterClient center;
  private final Introduction introduction;
  private final Holder holder;
  private final Bell bell = new Bell();
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Patience patience = new Patience(Duration.ofMillis(500), ANYWAY);
  private final Thread thread;
  private @Nullable String trouble;
  private long offered = -1;

  public Intake(CenterClient center, Introduction introduction, Holder holder) {
    this.center = center;
    this.introduction = introduction;
    this.holder = holder;
    this.thread = Thread.ofVirtual().name("intake").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Has it look at once. */
  public void nudge() {
    bell.ring();
  }

  /**
   * Waits for the first answer of a center since the start.
   *
   * @return whether it came in time
   */
  public boolean awaitFirst(Duration atMost) throws InterruptedException {
    return synced.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      while (true) {
        bell.await(look());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Looks once, and says when to look again. */
  private Duration look() throws InterruptedException {
    try {
      if (!introduction.make()) {
        return patience.failed();
      }
      return ask();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      tell(e.getMessage());
      return patience.failed();
    }
  }

  private Duration ask() throws IOException, InterruptedException {
    return switch (center.jobs(holder.revision())) {
      case Answer.Done<JobSet>(JobSet set) -> {
        boolean again = set.revision() == offered;
        offered = set.revision();
        holder.take(set);
        heard();
        // The next call acknowledges it, once it is in force: that can wait for a package.
        yield again ? LATER : SOON;
      }
      case Answer.Unchanged<JobSet> _ -> {
        heard();
        yield ANYWAY;
      }
      case Answer.Refused<JobSet> refused -> {
        introduction.forget();
        tell(refused.message());
        yield patience.failed();
      }
    };
  }

  private void heard() {
    patience.succeeded();
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
          "The job set can''t be fetched: {0}. The jobs that are held go on; trying again.",
          message);
    }
    trouble = String.valueOf(message);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
