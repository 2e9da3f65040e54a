package io.cloudtask.coordination;

import io.cloudtask.coordination.Coordinator.Membership;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Everything by which one client is present: memberships, registrations and candidacies, and the
 * thread that owns them. Thread-safe.
 */
final class ZooKeeperPresence implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ZooKeeperPresence.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ZooKeeperNodes nodes;
  private final ZooKeeperRegistrar registrar;
  private final Loop presenceLoop = new Loop("coordination-presence");
  private final Loop listenerLoop;
  private final LongSupplier ticker;
  private final List<ZooKeeperMembership> memberships = new CopyOnWriteArrayList<>();
  private final List<ZooKeeperRegistration> registrations = new CopyOnWriteArrayList<>();
  private final List<ZooKeeperCandidacy> candidacies = new CopyOnWriteArrayList<>();
  private volatile boolean connected;

  ZooKeeperPresence(
      ZooKeeperNodes nodes, ZooKeeperRegistrar registrar, Loop listenerLoop, LongSupplier ticker) {
    this.nodes = nodes;
    this.registrar = registrar;
    this.listenerLoop = listenerLoop;
    this.ticker = ticker;
  }

  /** Called on each change of the connection, by the thread that notices it. */
  void on(Coordinator.Connection connection) {
    connected = connection == Coordinator.Connection.CONNECTED;
    candidacies.forEach(c -> c.connected(connected));
    if (connected) {
      presenceLoop.run(this::guardRoot);
      presenceLoop.run(this::endOfOtherSessions);
      memberships.forEach(m -> presenceLoop.run(() -> restore(m)));
    } else if (connection == Coordinator.Connection.LOST) {
      registrations.forEach(ZooKeeperRegistration::end);
    }
  }

  private void guardRoot() {
    try {
      nodes.guardRoot();
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.WARNING, "Could not guard the root: {0}", e.getMessage());
    }
  }

  private void endOfOtherSessions() {
    try {
      long now = nodes.session().id();
      registrations.stream().filter(r -> r.sessionId() != now).forEach(ZooKeeperRegistration::end);
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Gone again: {0}", e.getMessage());
    }
  }

  /** The old session's node may still be there for a moment: so it is tried until it succeeds. */
  private void restore(ZooKeeperMembership membership) {
    try {
      membership.restore();
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Will sign in again: {0}", e.getMessage());
      if (connected) {
        presenceLoop.runIn(RETRY, () -> restore(membership));
      }
    }
  }

  Membership join(Member member) throws CoordinationException {
    var membership = new ZooKeeperMembership(nodes, MemberNames.member(member), member.node());
    presenceLoop.call(() -> {
      membership.claim();
      return memberships.add(membership);
    });
    return new Joined(membership);
  }

  private final class Joined implements Membership {
    private final ZooKeeperMembership membership;

    Joined(ZooKeeperMembership membership) {
      this.membership = membership;
    }

    @Override
    public void pulse(Node node) throws CoordinationException {
      presenceLoop.call(() -> {
        membership.pulse(node);
        return true;
      });
    }

    @Override
    public void leave() {
      memberships.remove(membership);
      try {
        presenceLoop.call(() -> {
          membership.leave();
          return true;
        });
      } catch (CoordinationException e) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "{0} stays until its session ends: {1}",
            membership.path(),
            e.getMessage());
      }
    }
  }

  Registration register(Member member, RevisionMark known) throws CoordinationException {
    var paths =
        new ZooKeeperRegistration.Paths(
            nodes.path(MemberNames.worker(member.key())),
            nodes.path(MemberNames.lease(member.key())));
    var around =
        new ZooKeeperRegistration.Surroundings(
            presenceLoop, listenerLoop, ticker, registrations::remove);
    return presenceLoop.call(() -> {
      long sent = ticker.getAsLong();
      ZooKeeperSession session = registrar.register(member, known);
      var registration = new ZooKeeperRegistration(session, sent, paths, around);
      registrations.add(registration);
      presenceLoop.run(this::endOfOtherSessions);
      return registration;
    });
  }

  /**
   * @param watches for events; without them it would still look from time to time
   */
  Candidacy lead(String centerKey, LeaderListener listener, ZooKeeperWatches watches) {
    var around =
        new ZooKeeperCandidacy.Surroundings(presenceLoop, listenerLoop, candidacies::remove);
    var candidacy = new ZooKeeperCandidacy(nodes, centerKey, listener, around);
    candidacy.hear(watches.changes(nodes.path(MemberNames.LEADER), candidacy::look));
    candidacies.add(candidacy);
    candidacy.connected(connected);
    presenceLoop.run(candidacy::keepLooking);
    return candidacy;
  }

  @Override
  public void close() {
    candidacies.forEach(ZooKeeperCandidacy::end);
    presenceLoop.close();
  }
}
