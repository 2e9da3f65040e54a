package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.Candidacy;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.LeaderListener;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.coordination.Registration;
import io.cloudtask.coordination.RevisionMark;
import io.cloudtask.coordination.Roster;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.simulation.world.Life;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A session with the coordinator, as its process has it: every request takes its time on the way
 * there and back, and goes on when the process is frozen or killed meanwhile; what is told to
 * listeners waits until the process can hear it.
 */
public final class RemoteCoordinator implements Coordinator {
  private final Ensemble ensemble;
  private final String name;
  private final RemoteRequests requests;
  private final MemorySession session;
  private final Life life;
  private boolean losesEvents;

  RemoteCoordinator(Ensemble ensemble, String name, Life life, MemorySession session) {
    this.ensemble = ensemble;
    this.name = name;
    this.requests = new RemoteRequests(ensemble, life);
    this.session = session;
    this.life = life;
  }

  /** Of the process whose session it is. */
  public String name() {
    return name;
  }

  /** Ends the session on the server, for no reason. */
  public void expire() {
    ensemble.expire(session);
  }

  /** While true, nothing that the coordinator tells arrives. */
  public void loseEvents(boolean lost) {
    losesEvents = lost;
    session.loseEvents(lost);
  }

  /** Whether the process hears at once what the coordinator tells. */
  public boolean hears() {
    return !losesEvents
        && !onLostServer()
        && !life.frozen()
        && session.connection() == Connection.CONNECTED
        && ensemble.isPrompt();
  }

  /** The session, for those who do something to it. */
  public MemorySession session() {
    return session;
  }

  /**
   * While true, the server that this client is connected to has lost the others: it answers what it
   * can answer alone, which is reads, and hears no more than that.
   */
  public void onLostServer(boolean lost) {
    requests.onLostServer(lost);
    if (lost) {
      session.cut(MemorySession.Cut.REQUESTS);
    } else {
      session.mend();
    }
  }

  boolean onLostServer() {
    return requests.onLostServer();
  }

  @Override
  public Connection connection() {
    return session.connection();
  }

  @Override
  public Subscription onConnection(Consumer<Connection> listener) {
    return session.onConnection(state -> heard(() -> listener.accept(state)));
  }

  private void heard(Runnable listener) {
    life.later(Duration.ZERO, listener);
  }

  @Override
  public Membership join(Member member) throws CoordinationException {
    Membership made = requests.ask(() -> session.join(member));
    return new RemoteMembership(requests, made);
  }

  @Override
  public Roster roster(int type) throws CoordinationException {
    return requests.ask(() -> session.roster(type));
  }

  @Override
  public Subscription watchMembers(int type, Consumer<List<Member>> listener) {
    return session.watchMembers(type, members -> heard(() -> listener.accept(members)));
  }

  @Override
  public OptionalLong revision(String key) throws CoordinationException {
    return requests.ask(() -> session.revision(key));
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    requests.tell(() -> session.publishRevision(key, revision));
  }

  @Override
  public Subscription watchRevision(String key, LongConsumer listener) {
    return session.watchRevision(key, revision -> heard(() -> listener.accept(revision)));
  }

  @Override
  public RevisionMark revisionMark(String key) throws CoordinationException {
    RevisionMark mark = requests.ask(() -> session.revisionMark(key));
    ensemble.ambush().marked(life, key);
    return mark;
  }

  @Override
  public Registration register(Member member, RevisionMark known) throws CoordinationException {
    boolean checked = ensemble.mutant() != Mutant.NO_REVISION_CHECK;
    Registration made =
        requests.ask(
            () -> session.register(member, checked ? known : session.revisionMark(member.key())));
    return new RemoteRegistration(requests, life, made);
  }

  @Override
  public OptionalLong fence(String key, long revision) throws CoordinationException {
    OptionalLong raised = requests.ask(() -> session.fence(key, revision));
    if (raised.isPresent()) {
      ensemble.ambush().fencing(life, key);
    }
    return raised;
  }

  @Override
  public Candidacy lead(String centerKey, LeaderListener listener) {
    return RemoteCandidacy.begin(session, centerKey, listener, life);
  }

  @Override
  public void ring(String bell) throws CoordinationException {
    requests.tell(() -> session.ring(bell));
  }

  @Override
  public Subscription watchBell(String bell, Runnable listener) {
    return session.watchBell(bell, () -> heard(listener));
  }

  @Override
  public Optional<ServerConfig> serverConfig() throws CoordinationException {
    return requests.ask(session::serverConfig);
  }

  @Override
  public void publish(ServerConfig config) throws CoordinationException {
    requests.tell(() -> session.publish(config));
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    return session.watchServerConfig(config -> heard(() -> listener.accept(config)));
  }

  @Override
  public void close() {
    session.close();
  }
}
