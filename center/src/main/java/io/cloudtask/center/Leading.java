package io.cloudtask.center;

import io.cloudtask.coordination.Candidacy;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.LeaderListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Stands for election, and passes on that there is something to plan: to the rounds of this center
 * while it is elected, and else, through a bell at the coordinator, to those of the one that is. A
 * bell that is not heard costs a few seconds. Thread-safe.
 */
final class Leading implements LeaderListener, AutoCloseable {
  private static final Logger LOG = System.getLogger(Leading.class.getName());
  private static final String BELL = "PLAN";

  private final String key;
  private final Coordinator coordinator;
  private volatile @Nullable Housekeeping housekeeping;
  private volatile @Nullable Candidacy candidacy;
  private Coordinator.@Nullable Subscription bell;

  Leading(String key, Coordinator coordinator) {
    this.key = key;
    this.coordinator = coordinator;
  }

  /** Stands for election from now on. */
  synchronized void start(Housekeeping rounds) {
    housekeeping = rounds;
    candidacy = coordinator.lead(key, this);
    bell = coordinator.watchBell(BELL, this::planSoon);
  }

  /** Whether the coordinator says that this center leads. */
  boolean isElected() {
    Candidacy standing = candidacy;
    return standing != null && standing.leads();
  }

  @Override
  public void elected() {
    planSoon();
  }

  /** The next round sees it, and each transaction before. */
  @Override
  public void deposed() {
    planSoon();
  }

  /** Something has been noticed that every center notices by itself. */
  void planSoon() {
    Housekeeping rounds = housekeeping;
    if (rounds != null) {
      rounds.planSoon();
    }
  }

  /** Something has been noticed by this center alone. */
  void changed() {
    if (isElected()) {
      planSoon();
    } else {
      ring();
    }
  }

  /** The same, and when this center leads the plan is made before this returns, or soon after. */
  void changedNow() {
    Housekeeping rounds = housekeeping;
    if (rounds != null && isElected()) {
      rounds.planNow();
    } else {
      ring();
    }
  }

  private void ring() {
    Housekeeping rounds = housekeeping;
    if (rounds != null) {
      rounds.aside(() -> {
        try {
          coordinator.ring(BELL);
        } catch (CoordinationException e) {
          LOG.log(Level.DEBUG, "The leader finds out by itself: {0}", e.getMessage());
        }
      });
    }
  }

  @Override
  public synchronized void close() {
    if (bell != null) {
      bell.close();
    }
    Candidacy standing = candidacy;
    if (standing != null) {
      standing.close();
    }
  }
}
