package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registration at the twin. Guarded by the server's lock. */
final class MemoryRegistration implements Registration {
  private final MemorySession session;
  private final long sessionId;
  private final String worker;
  private final String lease;
  private final Touches touches;
  private @Nullable Runnable listener;
  private boolean left;
  private boolean over;

  private MemoryRegistration(MemorySession session, String key) {
    this.session = session;
    this.sessionId = session.id();
    this.worker = MemberNames.worker(key);
    this.lease = MemberNames.lease(key);
    this.touches = new Touches(session.born());
    touches.answered(session.server().now(), session.server().sessionTimeout().toNanos());
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
      MemorySession session, MemoryNodes nodes, Member member, RevisionMark known)
      throws CoordinationException {
    Optional<MemoryNodes.Entry> mark = nodes.find(MemberNames.revision(member.key()));
    if (mark.isEmpty() || mark.get().version() != known.version()) {
      throw new RevisionMovedException("the job set of " + member.key() + " has moved");
    }
    var registration = new MemoryRegistration(session, member.key());
    registration.put(nodes, registration.worker, member.node());
    registration.put(nodes, registration.lease, true);
    session.server().changed();
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

  static boolean fence(MemorySession session, MemoryNodes nodes, String key, long revision) {
    if (nodes.has(MemberNames.worker(key)) || nodes.has(MemberNames.lease(key))) {
      return false;
    }
    long published = mark(nodes, key).revision();
    nodes.write(MemberNames.revision(key), Math.max(published, revision) + 1);
    session.server().changed();
    return true;
  }

  @Override
  public void renew() throws CoordinationException {
    long sent = session.server().now();
    write(lease, true);
    if (!touches.answered(sent, session.server().sessionTimeout().toNanos())) {
      throw new CoordinationException(
          lease + " was written after a silence; the next writes renew the lease");
    }
  }

  @Override
  public void pulse(Node node) throws CoordinationException {
    write(worker, node);
  }

  private void write(String name, Object value) throws CoordinationException {
    synchronized (session.server()) {
      if (left) {
        throw new CoordinationException(worker + " was left");
      }
      if (over) {
        throw new RegistrationLostException("the session that registered " + worker + " is over");
      }
      session.ask(nodes -> {
        if (!nodes.ownedBy(worker, sessionId) || !nodes.ownedBy(lease, sessionId)) {
          lost();
          throw new RegistrationLostException(worker + " or " + lease + " is gone");
        }
        nodes.write(name, value);
        session.server().changed();
        return true;
      });
    }
  }

  @Override
  public Duration leaseLength() {
    return session.server().sessionTimeout().dividedBy(2);
  }

  @Override
  public void onLost(Runnable onLost) {
    synchronized (session.server()) {
      listener = onLost;
      if (over) {
        session.link().own(this::tell);
      }
    }
  }

  /** Under the server's lock. */
  void lost() {
    if (!over && !left) {
      over = true;
      session.forget(this);
      session.link().own(this::tell);
    }
  }

  private void tell() {
    Runnable due;
    synchronized (session.server()) {
      due = session.isClosed() ? null : listener;
      listener = null;
    }
    if (due != null) {
      due.run();
    }
  }

  @Override
  public void leave() {
    synchronized (session.server()) {
      left = true;
      listener = null;
      session.forget(this);
      session.remove(worker);
      session.remove(lease);
    }
  }
}
