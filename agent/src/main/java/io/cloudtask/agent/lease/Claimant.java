package io.cloudtask.agent.lease;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Center;
import io.cloudtask.agent.center.Contact;
import io.cloudtask.agent.center.Introduction;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.agent.timetable.ClaimOrder;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.ClaimRequest.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for claims, through any center; what is ordered meanwhile is asked for together. One that
 * can't be asked for is tried again for as long as the timetable waits. Thread-safe.
 */
public final class Claimant implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Claimant.class.getName());
  private static final int MOST = 1000;
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Who hears the answers. */
  public interface Listener {
    void claimed(ClaimOrder order, boolean granted);
  }

  private record Asked(ClaimOrder order, long at) {}

  private final Center center;
  private final Introduction introduction;
  private final String incarnation;
  private final Listener listener;
  private final LongSupplier ticker;
  private final ConcurrentLinkedQueue<Asked> queue = new ConcurrentLinkedQueue<>();
  private final List<Asked> open = new ArrayList<>();
  private final Loop loop;

  /**
   * @param ticker monotonic nanoseconds
   */
  public Claimant(Loops loops, Contact contact, Listener listener, LongSupplier ticker) {
    this.center = contact.center();
    this.introduction = contact.introduction();
    this.incarnation = contact.incarnation();
    this.listener = listener;
    this.ticker = ticker;
    this.loop = loops.loop("claimant", Loops.Kind.CALLER, this::turn);
  }

  public void start() {
    loop.start();
  }

  /** Asks for a claim; returns before the answer is there. */
  public void ask(ClaimOrder order) {
    queue.add(new Asked(order, ticker.getAsLong()));
    loop.ring();
  }

  private Wait turn() throws InterruptedException {
    while (open.size() < MOST && !queue.isEmpty()) {
      open.add(queue.remove());
    }
    if (open.isEmpty()) {
      return Wait.FOR_A_RING;
    }
    if (ask()) {
      open.clear();
      return Wait.NONE;
    }
    long now = ticker.getAsLong();
    open.removeIf(asked -> now - asked.at() > PATIENCE);
    return Wait.whole(PAUSE);
  }

  /** Says whether they were answered. */
  private boolean ask() throws InterruptedException {
    List<Claim> claims =
        open.stream().map(a -> new Claim(a.order().jobid(), a.order().fireat())).toList();
    try {
      return switch (center.claims(new ClaimRequest(incarnation, claims))) {
        case Answer.Done<ClaimAnswer>(ClaimAnswer answer) -> told(answer.granted());
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

  private boolean told(List<Boolean> granted) {
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
    loop.close();
  }
}
