package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;

/**
 * A membership at the twin, which comes back with each new session. Looks under the server's lock.
 */
final class MemoryMembership implements Runnable, Coordinator.Membership {
  private final MemoryClient client;
  private final String name;
  private Node node;
  private boolean left;

  MemoryMembership(MemoryClient client, Member member) {
    this.client = client;
    this.name = MemberNames.member(member);
    this.node = member.node();
  }

  /** Signs in, or refuses. */
  void claim() throws CoordinationException {
    write(node);
  }

  /** The name may still be held by somebody else; then the next pulse tries again. */
  @Override
  public void run() {
    if (!left
        && client.connection() == Coordinator.Connection.CONNECTED
        && !client.server().nodes().has(name)) {
      client.server().nodes().create(name, node, client.id());
      client.server().changed();
    }
  }

  private void write(Node newest) throws CoordinationException {
    client.ask(nodes -> {
      if (!nodes.has(name)) {
        nodes.create(name, newest, client.id());
      } else if (nodes.ownedBy(name, client.id())) {
        nodes.write(name, newest);
      } else {
        throw MemoryRegistration.taken(name);
      }
      client.server().changed();
      return true;
    });
  }

  @Override
  public void pulse(Node newest) throws CoordinationException {
    synchronized (client.server()) {
      if (left) {
        throw new CoordinationException(name + " was left");
      }
      node = newest;
      write(newest);
    }
  }

  @Override
  public void leave() {
    synchronized (client.server()) {
      left = true;
      client.unwatch(this);
      client.remove(name);
    }
  }
}
