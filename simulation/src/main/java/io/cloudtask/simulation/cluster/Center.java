package io.cloudtask.simulation.cluster;

import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.exchange.Exchange;
import io.cloudtask.center.exchange.Presence;
import io.cloudtask.center.exchange.Terms;
import io.cloudtask.center.lead.Duties;
import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.center.lead.Mandate;
import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.coordination.Candidacy;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.LeaderListener;
import io.cloudtask.simulation.world.Bell;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Retention;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One life of a center: the parts that are shipped, put together over a pretended network, store
 * and coordinator. What {@code io.cloudtask.center.Center} does with threads and sockets is done
 * here with fibers.
 */
final class Center {
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final String BELL = "PLAN";

  private final CenterHost host;
  private final Life life;
  private final Store store;
  private final RemoteCoordinator session;
  private final Candidacy candidacy;
  private final CenterDesk desk;
  private final Duties duties;
  private final Bell plan;
  private final Bell news;
  private final Set<String> unpublished = new TreeSet<>();

  Center(CenterHost host, Life life) {
    this.host = host;
    this.life = life;
    Cluster cluster = host.cluster();
    this.store = cluster.database().seenBy(life);
    this.plan = new Bell(life);
    this.news = new Bell(life);
    this.session = cluster.ensemble().connect(life, host.name());
    Presence presence = new Presence(session, SILENCE, life.timeline()::now, plan::ring);
    Terms terms = new Terms(LEASE, SKEW, HandOut.Sole.BY_DEFINITION);
    Exchange exchange = new Exchange(store, terms, presence::otherLives, host.clock());
    this.desk = new CenterDesk(exchange, this, life);
    this.candidacy = session.lead(host.key(), new Elections());
    Mandate mandate =
        new Mandate(
            cluster.database().seenByLeader(life, host.key()), host.key(), candidacy::leads);
    Duties.Parts parts =
        new Duties.Parts(store, session, mandate, presence::members, this::changed, this::happened);
    this.duties = new Duties(parts, settings(cluster.scenario()), ZoneOffset.UTC);
  }

  private static LeadSettings settings(Scenario scenario) {
    return new LeadSettings(
        Mode.HASH,
        scenario.recovery(),
        LEASE,
        SKEW,
        true,
        Duration.ofHours(24),
        Retention.Limits.DEFAULT);
  }

  private void happened(NodeEvent event) {
    life.timeline().trace().say(host.name(), "%s", event);
    if (event.kind() == NodeEvent.Kind.AGENT_FENCED) {
      host.cluster().vigil().fenced(event.key());
    }
  }

  Life life() {
    return life;
  }

  RemoteCoordinator session() {
    return session;
  }

  /** Where agents are served. */
  CenterDesk desk() {
    return desk;
  }

  void begin() {
    session.watchBell(BELL, plan::ring);
    life.start("duties", this::lead);
    life.start("revisions", this::publish);
    life.start("first-revisions", this::changedAll);
  }

  /** Looks at once. */
  void planSoon() {
    plan.ring();
  }

  /** There is something to plan: for this center, or for the one that leads. */
  void gaveBack() {
    if (candidacy.leads()) {
      plan.ring();
    } else {
      life.start("bell", this::ring);
    }
  }

  private void ring() {
    try {
      session.ring(BELL);
    } catch (CoordinationException e) {
      life.timeline().trace().say(host.name(), "can't ring: %s", e.getMessage());
    }
  }

  private void lead() {
    while (true) {
      Duration wait = AGAIN;
      try {
        wait = duties.round();
      } catch (StoreException e) {
        life.timeline().trace().say(host.name(), "can't lead: %s", e.getMessage());
      }
      plan.await(wait);
    }
  }

  /** The sets of these agents have new revisions. */
  void changed(Collection<String> agents) {
    unpublished.addAll(agents);
    news.ring();
  }

  private void changedAll() {
    while (true) {
      try {
        changed(store.read(tx -> tx.agents().list(null)).stream().map(AgentRow::key).toList());
        return;
      } catch (StoreException e) {
        life.sleep(AGAIN);
      }
    }
  }

  private void publish() {
    while (true) {
      news.await(unpublished.isEmpty() ? Duration.ofMinutes(10) : AGAIN);
      for (String key : List.copyOf(unpublished)) {
        unpublished.remove(key);
        if (!published(key)) {
          unpublished.add(key);
        }
      }
    }
  }

  private boolean published(String key) {
    try {
      Optional<AgentRow> agent = store.read(tx -> tx.agents().find(key));
      if (agent.isPresent()) {
        session.publishRevision(key, agent.get().revision());
        life.timeline()
            .trace()
            .say(host.name(), "publishes revision %d of %s", agent.get().revision(), key);
      }
      return true;
    } catch (StoreException | CoordinationException e) {
      life.timeline().trace().say(host.name(), "can't publish: %s", e.getMessage());
      return false;
    }
  }

  private final class Elections implements LeaderListener {
    @Override
    public void elected() {
      life.timeline().trace().say(host.name(), "is elected");
      plan.ring();
    }

    @Override
    public void deposed() {
      life.timeline().trace().say(host.name(), "is deposed");
      plan.ring();
    }
  }
}
