package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.lease.Standing;
import io.cloudtask.agent.run.Timekeeper;
import io.cloudtask.agent.timetable.Gate;
import java.time.Duration;

/** What the lease lets the timetable start. */
final class AgentGates implements Timekeeper.Gates {
  private final Standing standing;
  private final Mutant mutant;

  AgentGates(Standing standing, Mutant mutant) {
    this.standing = standing;
    this.mutant = mutant;
  }

  @Override
  public Gate now() {
    return mutant == Mutant.NO_LEASE_CHECK ? Gate.OPEN : standing.gate();
  }

  @Override
  public long untilClosed() {
    return standing.untilClosed();
  }

  @Override
  public void autonomy(Duration extra) {
    standing.autonomy(extra);
  }

  @Override
  public void doubt() {
    standing.doubt();
  }
}
