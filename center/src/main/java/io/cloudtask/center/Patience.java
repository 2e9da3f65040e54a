package io.cloudtask.center;

import io.cloudtask.center.config.CenterConfig.StorePlace;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.PostgresSettings;
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

  private final boolean retry;
  private final Duration pause;

  Patience(boolean retry) {
    this(retry, Duration.ofSeconds(5));
  }

  /**
   * @param retry whether it waits
   * @param pause between two attempts
   */
  Patience(boolean retry, Duration pause) {
    this.retry = retry;
    this.pause = pause;
  }

  /**
   * Opens the store; without it a center has nothing to say. Only one that can't be reached is
   * waited for: waiting mends neither a wrong password nor tables of a newer program.
   */
  Store store(StorePlace place, Clock clock) throws IOException {
    while (true) {
      try {
        return open(place, clock);
      } catch (StoreException e) {
        if (!retry || !e.isAway()) {
          throw new IOException(e.getMessage(), e);
        }
        LOG.log(
            Level.WARNING,
            "This center waits for its store and looks again every {1} s: {0}.",
            e.getMessage(),
            pause.toSeconds());
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
      case StorePlace.Postgres(var url, var user, var password, int connections) ->
          Store.connect(
              new PostgresSettings(url, user, password == null ? "" : password, connections));
    };
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the store did not answer", e);
    }
  }
}
