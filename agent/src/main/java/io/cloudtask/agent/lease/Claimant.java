package io.cloudtask.agent.lease;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.CenterClient;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.timetable.ClaimOrder;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.ClaimRequest.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks for claims, through any center, on a thread of its own; what is ordered meanwhile is asked
 * for together. One that can't be asked for is tried again for as long as the timetable waits.
 * Thread-safe.
 */
public final class Claimant implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Claimant.class.getName());
  private static final int MOST = 1000;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration STOP = Duration.ofSeconds(2);

  /** Who hears the answers. */
  public interface Listener {
    void claimed(ClaimOrder order, boolean granted);
  }

  private record Asked(ClaimOrder order, long at) {
    boolean waited() {
      return System.nanoTime() - at > PATIENCE;
    }
  }

  private final CenterClient center;
  private final Introduction introduction;
  private final String incarnation;
  private final Listener listener;
  private final LinkedBlockingQueue<Asked> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /**
   * @param incarnation of this process
   */
  public Claimant(
      CenterClient center, Introduction introduction, String incarnation, Listener listener) {
    this.center = center;
    this.introduction = introduction;
    this.incarnation = incarnation;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("claimant").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Asks for a claim; returns before the answer is there. */
  public void ask(ClaimOrder order) {
    queue.add(new Asked(order, System.nanoTime()));
  }

  private void run() {
    List<Asked> open = new ArrayList<>();
    try {
      while (true) {
        if (open.isEmpty()) {
          open.add(queue.take());
        }
        queue.drainTo(open, MOST - open.size());
        if (ask(open)) {
          open.clear();
        } else {
          open.removeIf(Asked::waited);
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Says whether they were answered. */
  private boolean ask(List<Asked> open) throws InterruptedException {
    List<Claim> claims =
        open.stream().map(a -> new Claim(a.order().jobid(), a.order().fireat())).toList();
    try {
      return switch (center.claims(new ClaimRequest(incarnation, claims))) {
        case Answer.Done<ClaimAnswer>(ClaimAnswer answer) -> told(open, answer.granted());
        case Answer.Refused<ClaimAnswer> refused -> {
          introduction.forget();
          yield failed(refused.message());
        }
        case Answer.Unchanged<ClaimAnswer> _ -> failed("it answered without a word");
      };
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      return failed(e.getMessage());
    }
  }

  private boolean told(List<Asked> open, List<Boolean> granted) {
    if (granted.size() != open.size()) {
      return failed("it answered " + granted.size() + " claims for " + open.size());
    }
    for (int i = 0; i < granted.size(); i++) {
      listener.claimed(open.get(i).order(), granted.get(i));
    }
    return true;
  }

  private static boolean failed(@Nullable String why) {
    LOG.log(System.Logger.Level.DEBUG, "claims can''t be asked for: {0}", why);
    return false;
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
