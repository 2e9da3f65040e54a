package io.cloudtask.coordination;

/** Stands for election in the twin: whoever owns the node leads. Guarded by the server's lock. */
final class MemoryCandidacy implements Runnable, Candidacy {
  private final MemorySession session;
  private final String centerKey;
  private final LeaderListener listener;
  private volatile boolean leads;
  private volatile boolean closed;

  MemoryCandidacy(MemorySession session, String centerKey, LeaderListener listener) {
    this.session = session;
    this.centerKey = centerKey;
    this.listener = listener;
  }

  /** Looks again at who leads, after anything has changed. */
  @Override
  public void run() {
    if (closed || session.isClosed()) {
      return;
    }
    boolean connected = session.connection() == Coordinator.Connection.CONNECTED;
    MemoryNodes nodes = session.server().nodes();
    if (connected && !nodes.has(MemberNames.LEADER)) {
      nodes.create(MemberNames.LEADER, centerKey, session.id());
    }
    now(connected && nodes.ownedBy(MemberNames.LEADER, session.id()));
  }

  private void now(boolean leading) {
    if (leads != leading) {
      leads = leading;
      session.link().own(() -> tell(leading));
    }
  }

  private void tell(boolean leading) {
    if (closed || session.isClosed()) {
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
    return leads && !session.isClosed();
  }

  @Override
  public void close() {
    synchronized (session.server()) {
      closed = true;
      leads = false;
      session.unwatch(this);
      session.remove(MemberNames.LEADER);
    }
  }
}
