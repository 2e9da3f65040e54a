package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Registration;
import io.cloudtask.model.wire.Node;
import io.cloudtask.simulation.world.Life;
import java.time.Duration;

/** A registration, as its agent has it. */
final class RemoteRegistration implements Registration {
  private final RemoteRequests requests;
  private final Life life;
  private final Registration registration;
  private final Mutant mutant;
  private Duration took = Duration.ZERO;

  RemoteRegistration(RemoteRequests requests, Life life, Registration registration) {
    this.requests = requests;
    this.life = life;
    this.registration = registration;
    this.mutant = requests.ensemble().mutant();
  }

  @Override
  public void renew() throws CoordinationException {
    long sent = life.timeline().now();
    if (mutant == Mutant.LEASE_BY_READING && requests.onLostServer()) {
      life.yield();
      return;
    }
    requests.tell(() -> requests.ensemble().asOf(sent, registration::renew));
    life.sleep(requests.ensemble().renewed(life));
    took = Duration.ofNanos(life.timeline().now() - sent);
  }

  @Override
  public Duration leaseLength() {
    return switch (mutant) {
      case NO_MARGIN -> registration.leaseLength().multipliedBy(2);
      case LEASE_FROM_ANSWER -> registration.leaseLength().plus(took);
      default -> registration.leaseLength();
    };
  }

  @Override
  public void onLost(Runnable listener) {
    registration.onLost(() -> life.later(Duration.ZERO, listener));
  }

  @Override
  public void pulse(Node node) throws CoordinationException {
    requests.tell(() -> registration.pulse(node));
  }

  @Override
  public void leave() {
    registration.leave();
  }
}
