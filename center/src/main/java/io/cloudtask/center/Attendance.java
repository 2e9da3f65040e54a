package io.cloudtask.center;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this center signed in at the coordinator, and its addresses known. Without a coordinator
 * the center serves all the same, and this is tried again with each pulse. Used by one thread.
 */
final class Attendance {
  private static final Logger LOG = System.getLogger(Attendance.class.getName());

  private final Coordinator coordinator;
  private final CenterNode self;
  private final SharedAddresses addresses;
  private final Clock clock;
  private Coordinator.@Nullable Membership membership;

  Attendance(Coordinator coordinator, CenterNode self, SharedAddresses addresses, Clock clock) {
    this.coordinator = coordinator;
    this.self = self;
    this.addresses = addresses;
    this.clock = clock;
  }

  synchronized void pulse() {
    try {
      if (membership == null) {
        membership = coordinator.join(new Member(self.key(), self.node()));
      } else {
        membership.pulse(self.node().at(clock.instant().getEpochSecond(), true));
      }
    } catch (CoordinationException e) {
      LOG.log(Level.WARNING, "This center is not signed in: {0}", e.getMessage());
      return;
    }
    try {
      addresses.share(coordinator);
    } catch (CoordinationException e) {
      LOG.log(Level.WARNING, "The addresses that all share are not known: {0}", e.getMessage());
    }
  }

  synchronized void leave() {
    if (membership != null) {
      membership.leave();
      membership = null;
    }
    addresses.close();
  }
}
