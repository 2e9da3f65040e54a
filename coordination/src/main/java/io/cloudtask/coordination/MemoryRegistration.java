package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A registration at the twin. Guarded by the server's lock. */
final class MemoryRegistration implements Runnable, Registration {
  private final MemoryClient client;
  private final long sessionId;
  private final String worker;
  private final String lease;
  private final Touches touches;
  private @Nullable Runnable listener;
  private boolean left;
  private boolean over;

  private MemoryRegistration(MemoryClient client, String key) {
    this.client = client;
    this.sessionId = client.id();
    this.worker = MemberNames.worker(key);
    this.lease = MemberNames.lease(key);
    this.touches = new Touches(client.born());
    touches.answered(client.server().now(), client.server().sessionTimeout().toNanos());
  }

  static RevisionMark mark(MemoryNodes nodes, String key) {
    String name = MemberNames.revision(key);
    if (!nodes.has(name)) {
      nodes.write(name, 0L);
    }
    MemoryNodes.Entry entry = nodes.find(name).orElseThrow();
    return new RevisionMark((Long) entry.value(), entry.version());
  }

  static MemoryRegistration make(
      MemoryClient client, MemoryNodes nodes, Member member, RevisionMark known)
      throws CoordinationException {
    Optional<MemoryNodes.Entry> mark = nodes.find(MemberNames.revision(member.key()));
    if (mark.isEmpty() || mark.get().version() != known.version()) {
      throw new RevisionMovedException("the job set of " + member.key() + " has moved");
    }
    var registration = new MemoryRegistration(client, member.key());
    registration.put(nodes, registration.worker, member.node());
    registration.put(nodes, registration.lease, true);
    client.server().changed();
    client.watch(registration);
    return registration;
  }

  /** What this session has left of an earlier attempt is replaced. */
  private void put(MemoryNodes nodes, String name, Object value) throws CoordinationException {
    if (nodes.has(name) && !nodes.ownedBy(name, sessionId)) {
      throw taken(name);
    }
    nodes.create(name, value, sessionId);
  }

  static KeyTakenException taken(String name) {
    return new KeyTakenException(
        name + " belongs to another living session: a node with the same key runs elsewhere");
  }

  static OptionalLong fence(MemoryClient client, MemoryNodes nodes, String key, long revision) {
    if (nodes.has(MemberNames.worker(key)) || nodes.has(MemberNames.lease(key))) {
      return OptionalLong.empty();
    }
    long next = Math.max(mark(nodes, key).revision(), revision) + 1;
    nodes.write(MemberNames.revision(key), next);
    client.server().changed();
    return OptionalLong.of(next);
  }

  @Override
  public void renew() throws CoordinationException {
    long sent = client.server().now();
    write(lease, true);
    if (!touches.answered(sent, client.server().sessionTimeout().toNanos())) {
      throw new CoordinationException(
          lease + " was written after a silence; the next writes renew the lease");
    }
  }

  @Override
  public void pulse(Node node) throws CoordinationException {
    write(worker, node);
  }

  private void write(String name, Object value) throws CoordinationException {
    synchronized (client.server()) {
      if (left) {
        throw new CoordinationException(worker + " was left");
      }
      if (over) {
        throw new RegistrationLostException("the session that registered " + worker + " is over");
      }
      client.ask(nodes -> {
        if (!nodes.ownedBy(worker, sessionId) || !nodes.ownedBy(lease, sessionId)) {
          lost();
          throw new RegistrationLostException(worker + " or " + lease + " is gone");
        }
        nodes.write(name, value);
        client.server().changed();
        return true;
      });
    }
  }

  @Override
  public Duration leaseLength() {
    return client.server().sessionTimeout().dividedBy(2);
  }

  @Override
  public void onLost(Runnable onLost) {
    synchronized (client.server()) {
      listener = onLost;
      if (over) {
        client.link().own(this::tell);
      }
    }
  }

  /** Looks whether the session has changed. Under the server's lock. */
  @Override
  public void run() {
    if (client.id() != sessionId || client.connection() == Coordinator.Connection.LOST) {
      lost();
    }
  }

  private void lost() {
    if (!over && !left) {
      over = true;
      client.unwatch(this);
      client.link().own(this::tell);
    }
  }

  private void tell() {
    Runnable due;
    synchronized (client.server()) {
      due = client.isClosed() ? null : listener;
      listener = null;
    }
    if (due != null) {
      due.run();
    }
  }

  @Override
  public void leave() {
    synchronized (client.server()) {
      left = true;
      listener = null;
      client.unwatch(this);
      client.remove(worker);
      client.remove(lease);
    }
  }
}
