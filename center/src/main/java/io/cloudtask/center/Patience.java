package io.cloudtask.center;

import io.cloudtask.center.config.CenterConfig.StorePlace;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/** Waits for what does not answer at the start, or does not ({@code retrystartup}). */
final class Patience {
  private static final Logger LOG = System.getLogger(Patience.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final boolean retry;

  Patience(boolean retry) {
    this.retry = retry;
  }

  /** Opens the store; without it a center has nothing to say. */
  Store store(StorePlace place, Clock clock) throws IOException {
    while (true) {
      try {
        return open(place, clock);
      } catch (StoreException e) {
        if (!retry) {
          throw new IOException("the store can't be used: " + e.getMessage(), e);
        }
        LOG.log(
            Level.WARNING,
            "The store can''t be used: {0}. This is tried again every {1} s.",
            e.getMessage(),
            PAUSE.toSeconds());
        pause();
      }
    }
  }

  /**
   * Asks the coordinator, unless it is no matter whether it answers: a center serves its agents
   * without it too, says so with each pulse, and signs in once it answers.
   */
  void coordinator(Coordinator coordinator) throws IOException {
    if (retry) {
      return;
    }
    try {
      coordinator.serverConfig();
    } catch (CoordinationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Store open(StorePlace place, Clock clock) {
    return switch (place) {
      case StorePlace.SqliteFile(var file) -> Store.open(file, clock);
      case StorePlace.Postgres postgres ->
          throw new StoreException(postgres + " is not supported yet", null);
    };
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the store did not answer", e);
    }
  }
}
