package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Signing in and out, users, tokens, and the record of what was done. Thread-safe. */
public final class AccessRoutes {
  private final Parts parts;

  /** What these routes share. */
  record Parts(Store store, Passwords passwords, Tries tries, Clock clock) {
    /** Now, as the store keeps it. */
    Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Writes down what a caller did. */
    void audit(Tx tx, Call call, String what, String object, String detail) {
      tx.audit().add(call.audit(now(), what, object, detail));
    }
  }

  public AccessRoutes(Store store, Passwords passwords, Clock clock) {
    this.parts = new Parts(store, passwords, new Tries(store, clock), clock);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SessionRoutes(parts).routes());
    routes.addAll(new OwnRoutes(parts).routes());
    routes.addAll(new UserRoutes(parts).routes());
    routes.addAll(new OwnerRoutes(parts).routes());
    routes.addAll(new TokenRoutes(parts).routes());
    routes.addAll(new AuditRoutes(parts).routes());
    return routes;
  }

  /** 429: somebody has tried too often. */
  static Reply tooMany(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return Reply.refused(
            new Refusal(
                429,
                "too-many-tries",
                "there were too many tries to sign in",
                "try again in " + seconds + " seconds",
                List.of()))
        .with("Retry-After", Long.toString(seconds));
  }

  /**
   * Goes on only when it holds.
   *
   * @throws RefusedException with 400, naming the field
   */
  static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }
}
