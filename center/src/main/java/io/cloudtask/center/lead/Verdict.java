package io.cloudtask.center.lead;

import io.cloudtask.store.AgentRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an agent is to be taken for dead. Pure. */
sealed interface Verdict {
  /** It lives, or has been taken for dead already. */
  record Leave() implements Verdict {}

  /** It is gone, and it is too early to say. */
  record Wait(Instant until) implements Verdict {}

  /** Its jobs may be given to others. */
  record Fence() implements Verdict {}

  /**
   * Who has spoken so lately is perhaps being restarted, and asks again within this time. Where
   * leases are shorter, so is this.
   */
  Duration COMING = Duration.ofSeconds(3);

  /**
   * Judges an agent.
   *
   * @param departure null while it is signed in
   * @param lease for how long agents get leases: how long the start of one may take that signed
   *     out, or that starts together with this center
   * @param now by the clock of the database
   */
  static Verdict of(AgentRow agent, @Nullable Departure departure, Duration lease, Instant now) {
    if (departure == null || agent.standing().fenced() != null || agent.standing().retired()) {
      return new Leave();
    }
    Instant due =
        latest(
            agent.standing().leaseuntil().plusMillis(1),
            agent.seen().plus(lease.compareTo(COMING) < 0 ? lease : COMING),
            departure.how() == Departure.How.LOST
                ? departure.since()
                : departure.since().plus(lease));
    return due.isAfter(now) ? new Wait(due) : new Fence();
  }

  private static Instant latest(Instant a, Instant b, Instant c) {
    Instant ab = a.isAfter(b) ? a : b;
    return ab.isAfter(c) ? ab : c;
  }
}
