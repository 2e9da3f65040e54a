package io.cloudtask.coordination;

import io.cloudtask.coordination.ZooKeeperSession.Outcome;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;

/** A registration in one ZooKeeper session. Everything goes through that session's own handle. */
final class ZooKeeperRegistration implements Registration {
  private static final System.Logger LOG = System.getLogger(ZooKeeperRegistration.class.getName());

  private enum State {
    LASTS,
    LEFT,
    LOST
  }

  private final ZooKeeperSession session;
  private final String worker;
  private final String lease;
  private final Loop presenceLoop;
  private final Loop listenerLoop;
  private final LongSupplier ticker;
  private final Consumer<ZooKeeperRegistration> onEnd;
  private final AtomicReference<State> state = new AtomicReference<>(State.LASTS);
  private final AtomicReference<Runnable> listener = new AtomicReference<>(() -> {});
  private final AtomicLong renewals = new AtomicLong();
  private final Touches touches;
  private int version;

  /**
   * @param sent when the transaction was sent that made the nodes
   */
  ZooKeeperRegistration(ZooKeeperSession session, long sent, Paths paths, Surroundings around) {
    this.session = session;
    this.touches = new Touches(session.born());
    this.worker = paths.worker();
    this.lease = paths.lease();
    this.presenceLoop = around.presenceLoop();
    this.listenerLoop = around.listenerLoop();
    this.ticker = around.ticker();
    this.onEnd = around.onEnd();
    touches.answered(sent, session.timeout().toNanos());
  }

  /** The nodes of one agent. */
  record Paths(String worker, String lease) {}

  /** What it shares with others of its client. */
  record Surroundings(
      Loop presenceLoop,
      Loop listenerLoop,
      LongSupplier ticker,
      Consumer<ZooKeeperRegistration> onEnd) {}

  /**
   * Whose owner is told by the answer: a node of ours that somebody else has made anew is not ours.
   */
  @Override
  public void renew() throws CoordinationException {
    requireLasting();
    long sent = ticker.getAsLong();
    List<Op> ops =
        List.of(
            Op.check(worker, -1), Op.setData(lease, NodeText.of(renewals.incrementAndGet()), -1));
    switch (commit(ops)) {
      case Outcome.Refused refused -> throw lost(refused.op().getPath() + " is gone");
      case Outcome.Done done ->
          requireOwn(((OpResult.SetDataResult) done.results().getLast()).getStat());
    }
  }

  /** An answer after a silence confirms nothing yet; the writes that follow soon will. */
  private void requireConfirmed(long sent) throws CoordinationException {
    if (!touches.answered(sent, session.timeout().toNanos())) {
      throw new CoordinationException(
          lease + " was written after a silence; the next writes renew the lease");
    }
  }

  private void requireOwn(Stat stat) throws RegistrationLostException {
    if (stat.getEphemeralOwner() != session.id()) {
      throw lost(lease + " belongs to another session");
    }
  }

  @Override
  public void pulse(Node node) throws CoordinationException {
    presenceLoop.call(() -> {
      requireLasting();
      write(NodeText.of(node));
      return true;
    });
  }

  /** A lost answer leaves us with an old version: so a second look decides. */
  private void write(byte[] text) throws CoordinationException {
    if (!written(text)) {
      Optional<Stat> found = find(worker);
      if (found.isEmpty() || found.get().getEphemeralOwner() != session.id()) {
        throw lost(worker + " is gone");
      }
      version = found.get().getVersion();
      if (!written(text)) {
        throw new CoordinationException(worker + " changed while it was written; try again");
      }
    }
  }

  private boolean written(byte[] text) throws CoordinationException {
    Outcome outcome = commit(List.of(Op.setData(worker, text, version)));
    if (outcome instanceof Outcome.Done) {
      version++;
      return true;
    }
    return false;
  }

  private Outcome commit(List<Op> ops) throws CoordinationException {
    try {
      return session.commit(ops);
    } catch (CoordinationException e) {
      throw orLost(e);
    }
  }

  private Optional<Stat> find(String path) throws CoordinationException {
    try {
      return session.find(path);
    } catch (CoordinationException e) {
      throw orLost(e);
    }
  }

  private CoordinationException orLost(CoordinationException e) {
    return e.getCause() instanceof KeeperException.SessionExpiredException
        ? lost("its session is over")
        : e;
  }

  private void requireLasting() throws CoordinationException {
    switch (state.get()) {
      case LASTS -> {}
      case LEFT -> throw new CoordinationException(worker + " was left");
      case LOST -> throw new RegistrationLostException(worker + ": the registration is over");
    }
  }

  private RegistrationLostException lost(String why) {
    end();
    return new RegistrationLostException(worker + ": the registration is over: " + why);
  }

  long sessionId() {
    return session.id();
  }

  /** Notes that it is over, and tells. */
  void end() {
    if (state.compareAndSet(State.LASTS, State.LOST)) {
      onEnd.accept(this);
      tell();
    }
  }

  @Override
  public void onLost(Runnable onLost) {
    listener.set(onLost);
    if (state.get() == State.LOST) {
      tell();
    }
  }

  private void tell() {
    listenerLoop.run(() -> listener.getAndSet(() -> {}).run());
  }

  @Override
  public Duration leaseLength() {
    return session.timeout().dividedBy(2);
  }

  @Override
  public void leave() {
    if (!state.compareAndSet(State.LASTS, State.LEFT)) {
      return;
    }
    onEnd.accept(this);
    try {
      presenceLoop.call(() -> {
        remove(lease);
        remove(worker);
        return true;
      });
    } catch (CoordinationException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} stays until its session ends: {1}",
          worker,
          e.getMessage());
    }
  }

  private void remove(String path) throws CoordinationException {
    Optional<Stat> found = session.find(path);
    if (found.isPresent() && found.get().getEphemeralOwner() == session.id()) {
      var _ = session.commit(List.of(Op.delete(path, found.get().getVersion())));
    }
  }
}
