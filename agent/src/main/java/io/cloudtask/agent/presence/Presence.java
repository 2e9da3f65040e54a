package io.cloudtask.agent.presence;

import io.cloudtask.agent.lease.Standing;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.KeyTakenException;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.Registration;
import io.cloudtask.coordination.RegistrationLostException;
import io.cloudtask.coordination.RevisionMovedException;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Registers this agent and keeps it registered. Thread-safe. */
public final class Presence implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Presence.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  /**
   * Who this agent is.
   *
   * @param node as it is before it is signed in
   * @param lives whether a process of that id lives on this host
   */
  public record Self(String key, Node node, LongPredicate lives) {}

  /** Where the coordinator is. */
  public interface Source {
    /** Begins a session; it is closed with this agent. */
    Coordinator connect() throws CoordinationException;
  }

  /** Who hears what the coordinator says, and what this agent wants to know; must not block. */
  public interface Notices {
    /** The published revision of this agent's job set. */
    void revision(long revision);

    /** The configuration that all share. */
    void serverConfig(ServerConfig config);

    /** The centers that are signed in now. */
    void centers(List<Node> centers);

    /** The job set must be asked for at once. */
    void learn();

    /** The revision of the newest set that was taken. */
    long held();

    /** The same node, with what others should see of the state of this agent. */
    Node shown(Node node);
  }

  private final Source source;
  private final String key;
  private final LongPredicate lives;
  private final Notices notices;
  private final Standing standing;
  private final Clock clock;
  private final Duration pulse;
  private final Registrar registrar = new Registrar();
  private final Renewal renewal;
  private final Loop loop;
  private final Node base;
  private volatile Node node;
  private volatile boolean over;
  private volatile @Nullable Coordinator coordinator;
  private volatile @Nullable Registration registration;
  private boolean troubled;
  private String complaint = "";

  /**
   * @param pulse time between heartbeats
   */
  public Presence(
      Loops loops,
      Source source,
      Self self,
      Notices notices,
      Standing standing,
      Clock clock,
      Duration pulse) {
    this.source = source;
    this.key = self.key();
    this.lives = self.lives();
    this.base = self.node();
    this.node = base;
    this.notices = notices;
    this.standing = standing;
    this.clock = clock;
    this.pulse = pulse;
    this.renewal = new Renewal(standing, loops);
    this.loop = loops.loop("presence", Loops.Kind.URGENT, () -> Wait.atMost(step()));
  }

  public void start() {
    renewal.start();
    loop.start();
  }

  /** As of the last heartbeat. */
  public Node node() {
    return node;
  }

  /** Has it look whether it may be registered now. */
  public void learned() {
    loop.ring();
  }

  /** Does what is to be done, and says when to look again. */
  private Duration step() {
    try {
      Duration wait =
          switch (registrar.state()) {
            case DISCONNECTED -> connect();
            case LOOKING -> look(session());
            case LEARNING -> learn();
            case READY -> register(session());
            case REGISTERED -> beat();
            case REFUSED -> again(Duration.ZERO);
          };
      say(null);
      return wait;
    } catch (CoordinationException e) {
      node = node.at(node.timestamp(), false);
      if (registrar.state() == Registrar.State.READY) {
        registrar.again();
      }
      say(e);
      return RETRY;
    }
  }

  private Duration connect() throws CoordinationException {
    Coordinator session = source.connect();
    coordinator = session;
    session.watchRevision(key, notices::revision);
    session.watchServerConfig(notices::serverConfig);
    session.watchMembers(
        Node.CENTER, members -> notices.centers(members.stream().map(Member::node).toList()));
    registrar.connected();
    return Duration.ZERO;
  }

  private Coordinator session() {
    if (coordinator == null) {
      throw new IllegalStateException("without a session nothing is looked at");
    }
    return coordinator;
  }

  private Duration look(Coordinator session) throws CoordinationException {
    registrar.looked(session.revisionMark(key), standing.asked());
    Duration wait = learn();
    if (registrar.state() == Registrar.State.LEARNING) {
      notices.learn();
    }
    return wait;
  }

  private Duration learn() {
    registrar.knows(notices.held(), standing.learned());
    return registrar.state() == Registrar.State.READY ? Duration.ZERO : RETRY;
  }

  private Duration register(Coordinator session) throws CoordinationException {
    Node now = signedIn();
    try {
      Registration registered = session.register(new Member(key, now), registrar.mark());
      over = false;
      standing.taken(false);
      registrar.registered();
      registration = registered;
      renewal.of(registered);
      registered.onLost(() -> lost(registered));
      node = now;
      complaint = "";
      return pulse;
    } catch (RevisionMovedException e) {
      return again(Duration.ZERO);
    } catch (KeyTakenException e) {
      return refuse(session);
    }
  }

  private void lost(Registration ended) {
    renewal.over(ended);
    over = true;
    loop.ring();
  }

  private Duration refuse(Coordinator session) throws CoordinationException {
    Optional<Node> holder = Holder.of(session, key);
    registrar.refused();
    holder.ifPresent(this::complain);
    return RETRY;
  }

  private void complain(Node holder) {
    boolean leftOver = Holder.isLeftOver(holder, node, lives);
    standing.taken(!leftOver);
    String text =
        leftOver
            ? "The coordinator still has the node of this agent's last process (%d). This one is"
                    .formatted(holder.pid())
                + " registered as soon as that is gone, within the time of a session."
            : "Another agent has the key of this one, %s: process %d on %s (%s). This one starts"
                    .formatted(key, holder.pid(), holder.hostname(), holder.ipaddr())
                + " nothing as long as that lives. Every agent needs a key and a directory of its"
                + " own: stop one of them, or remove its jobworker.key and its cache.";
    if (!text.equals(complaint)) {
      complaint = text;
      LOG.log(leftOver ? System.Logger.Level.INFO : System.Logger.Level.ERROR, text);
    }
  }

  private Duration beat() throws CoordinationException {
    if (over || registration == null) {
      return again(Duration.ZERO);
    }
    try {
      Node now = signedIn();
      registration.pulse(now);
      node = now;
      return pulse;
    } catch (RegistrationLostException e) {
      return again(Duration.ZERO);
    }
  }

  private Duration again(Duration wait) {
    Registration ended = registration;
    if (ended != null) {
      renewal.over(ended);
      registration = null;
    }
    registrar.again();
    return wait;
  }

  private Node signedIn() {
    return notices.shown(base.at(clock.instant().getEpochSecond(), true));
  }

  private void say(@Nullable CoordinationException trouble) {
    if (trouble != null && !troubled) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The coordinator does not answer this agent: {0}. Its jobs go on for as long as it has a"
              + " lease from there or from a center; trying again.",
          trouble.getMessage());
    } else if (trouble == null && troubled) {
      LOG.log(System.Logger.Level.INFO, "The coordinator answers this agent again.");
    }
    troubled = trouble != null;
  }

  private void leave() {
    if (registration != null) {
      registration.leave();
    }
    if (coordinator != null) {
      coordinator.close();
    }
  }

  /** Signs out, and ends the session; to be called when nothing is started any more. */
  @Override
  public void close() {
    renewal.close();
    loop.close();
    leave();
  }
}
