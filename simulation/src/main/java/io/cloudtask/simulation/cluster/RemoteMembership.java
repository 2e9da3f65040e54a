package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.model.wire.Node;

/** A presence, as its process has it. */
final class RemoteMembership implements Coordinator.Membership {
  private final RemoteRequests requests;
  private final Coordinator.Membership membership;

  RemoteMembership(RemoteRequests requests, Coordinator.Membership membership) {
    this.requests = requests;
    this.membership = membership;
  }

  @Override
  public void pulse(Node node) throws CoordinationException {
    requests.tell(() -> membership.pulse(node));
  }

  @Override
  public void leave() {
    membership.leave();
  }
}
