package io.cloudtask.coordination;

import io.cloudtask.coordination.ZooKeeperSession.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.Stat;

/**
 * Stands for election: whoever's session owns the ephemeral node LEADER leads. Looks again after
 * each change of that node, after each new connection, and from time to time.
 *
 * <p>Curator's LeaderLatch is not used: a look that fails ends its candidacy with no more than a
 * line in the log, and a node that somebody left in its directory can keep everybody from leading
 * without a word. With a handful of centers its queue would be no gain.
 */
final class ZooKeeperCandidacy implements Candidacy {
  private static final System.Logger LOG = System.getLogger(ZooKeeperCandidacy.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final ZooKeeperNodes nodes;
  private final String path;
  private final String centerKey;
  private final LeaderListener listener;
  private final Loop presenceLoop;
  private final Loop listenerLoop;
  private final Consumer<ZooKeeperCandidacy> onClose;

  /** Confined to the presence loop, as is what was said last. */
  private final Set<Long> ownSessions = new HashSet<>();

  private String said = "";
  private volatile boolean connected;
  private volatile boolean leads;
  private volatile boolean closed;

  /** Whether it has ever looked, and so may have made the node; guarded by this. */
  private boolean looked;

  private Coordinator.Subscription events = () -> {};

  ZooKeeperCandidacy(
      ZooKeeperNodes nodes, String centerKey, LeaderListener listener, Surroundings around) {
    this.nodes = nodes;
    this.path = nodes.path(MemberNames.LEADER);
    this.centerKey = centerKey;
    this.listener = listener;
    this.presenceLoop = around.presenceLoop();
    this.listenerLoop = around.listenerLoop();
    this.onClose = around.onClose();
  }

  /** What it shares with others of its client. */
  record Surroundings(Loop presenceLoop, Loop listenerLoop, Consumer<ZooKeeperCandidacy> onClose) {}

  /** Takes the watch that has it look, to be closed with it. Called before it is handed out. */
  void hear(Coordinator.Subscription subscription) {
    events = subscription;
  }

  /** Called on each change of the connection, by the thread that notices it. */
  void connected(boolean now) {
    connected = now;
    if (now) {
      look();
    } else {
      turn(false);
    }
  }

  /** Looks soon. */
  void look() {
    presenceLoop.run(this::see);
  }

  /** Looks again and again, in case an event got lost. */
  void keepLooking() {
    if (!closed) {
      see();
      presenceLoop.runIn(LOOK, this::keepLooking);
    }
  }

  private void see() {
    if (!mayLook()) {
      return;
    }
    try {
      turn(owns());
      said = "";
    } catch (CoordinationException e) {
      say(e);
    }
  }

  /** Once it is closed it looks no more, so that what {@link #end} answers stays true. */
  private synchronized boolean mayLook() {
    boolean may = connected && !closed;
    looked |= may;
    return may;
  }

  private void say(CoordinationException e) {
    if (!said.equals(e.getMessage())) {
      said = String.valueOf(e.getMessage());
      LOG.log(System.Logger.Level.WARNING, "No leader is elected: {0}", said);
    }
  }

  private boolean owns() throws CoordinationException {
    ZooKeeperSession session = nodes.session();
    ownSessions.add(session.id());
    Optional<Stat> found = session.find(path);
    Op creation = ZooKeeperSession.ephemeral(path, NodeText.of(centerKey));
    if (found.isEmpty()) {
      nodes.makeRoot();
      return session.commit(List.of(creation)) instanceof Outcome.Done;
    }
    Stat stat = found.get();
    ZooKeeperRegistrar.requireEphemeral(path, stat);
    if (stat.getEphemeralOwner() == session.id()) {
      return true;
    }
    return ownSessions.contains(stat.getEphemeralOwner())
        && session.commit(List.of(Op.delete(path, stat.getVersion()), creation))
            instanceof Outcome.Done;
  }

  /** Looks and losses of the connection come from two threads; the listener hears them in order. */
  private synchronized void turn(boolean leading) {
    boolean now = leading && connected && !closed;
    if (now != leads) {
      leads = now;
      listenerLoop.run(() -> tell(now));
    }
  }

  private void tell(boolean leading) {
    if (closed) {
      return;
    }
    if (leading) {
      listener.elected();
    } else {
      listener.deposed();
    }
  }

  @Override
  public boolean leads() {
    return leads;
  }

  /**
   * Ends it without a word to the listener or the server.
   *
   * @return whether the node may be its own
   */
  synchronized boolean end() {
    closed = true;
    leads = false;
    return looked;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean mayOwn = end();
    events.close();
    onClose.accept(this);
    if (!mayOwn) {
      return; // Nothing to remove, so no server to wait for.
    }
    try {
      presenceLoop.call(() -> {
        remove();
        return true;
      });
    } catch (CoordinationException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "{0} stays until its session ends: {1}", path, e.getMessage());
    }
  }

  private void remove() throws CoordinationException {
    ZooKeeperSession session = nodes.session();
    Optional<Stat> found = session.find(path);
    if (found.isPresent() && found.get().getEphemeralOwner() == session.id()) {
      var _ = session.commit(List.of(Op.delete(path, found.get().getVersion())));
    }
  }
}
