package io.cloudtask.coordination;

/** Stands for election in the twin: whoever owns the node leads. Guarded by the server's lock. */
final class MemoryCandidacy implements Runnable, Candidacy {
  private final MemoryClient client;
  private final String centerKey;
  private final LeaderListener listener;
  private volatile boolean leads;
  private volatile boolean closed;

  MemoryCandidacy(MemoryClient client, String centerKey, LeaderListener listener) {
    this.client = client;
    this.centerKey = centerKey;
    this.listener = listener;
  }

  /** Looks again at who leads, after anything has changed. */
  @Override
  public void run() {
    if (closed || client.isClosed()) {
      return;
    }
    boolean connected = client.connection() == Coordinator.Connection.CONNECTED;
    MemoryNodes nodes = client.server().nodes();
    if (connected && !nodes.has(MemberNames.LEADER)) {
      nodes.create(MemberNames.LEADER, centerKey, client.id());
    }
    now(connected && nodes.ownedBy(MemberNames.LEADER, client.id()));
  }

  private void now(boolean leading) {
    if (leads != leading) {
      leads = leading;
      client.link().own(() -> tell(leading));
    }
  }

  private void tell(boolean leading) {
    if (closed || client.isClosed()) {
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
    return leads && !client.isClosed();
  }

  @Override
  public void close() {
    synchronized (client.server()) {
      closed = true;
      leads = false;
      client.unwatch(this);
      client.remove(MemberNames.LEADER);
    }
  }
}
