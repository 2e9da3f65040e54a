package io.cloudtask.center;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Passwords;
import io.cloudtask.center.access.SessionAge;
import io.cloudtask.center.access.Sites;
import io.cloudtask.center.accounts.AccessRoutes;
import io.cloudtask.center.accounts.StoredCallers;
import io.cloudtask.center.api.ApiRoutes;
import io.cloudtask.center.api.NotificationRoutes;
import io.cloudtask.center.events.EventFeed;
import io.cloudtask.center.events.EventRoutes;
import io.cloudtask.center.exchange.AgentClient;
import io.cloudtask.center.exchange.Exchange;
import io.cloudtask.center.exchange.ExchangeRoutes;
import io.cloudtask.center.exchange.LeaseRoutes;
import io.cloudtask.center.exchange.OutputRoutes;
import io.cloudtask.center.exchange.Presence;
import io.cloudtask.center.exchange.Revisions;
import io.cloudtask.center.http.Entrance;
import io.cloudtask.center.http.ListenException;
import io.cloudtask.center.http.Listener;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.lead.Duties;
import io.cloudtask.center.lead.Mandate;
import io.cloudtask.center.notify.AuditedEvents;
import io.cloudtask.center.notify.Notifier;
import io.cloudtask.center.notify.SigningSecrets;
import io.cloudtask.center.packages.PackageRoutes;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.center.site.ConsoleSite;
import io.cloudtask.center.wire.Actions;
import io.cloudtask.center.wire.WireRoutes;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.settings.Listen;
import io.cloudtask.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A center: both its ports, and what it does again and again. The store and the coordinator belong
 * to its maker, who closes them after it. Thread-safe.
 */
public final class Center implements AutoCloseable {
  /** Between two looks at what people are to be told. */
  private static final Duration NOTIFY = Duration.ofSeconds(2);

  private final CenterSettings settings;
  private final Clock clock;
  private final Authenticator authenticator;
  private final Passwords passwords = new Passwords();
  private final AgentClient agents;
  private final Secrets secrets;
  private final SigningSecrets signing;
  private final Revisions revisions;
  private final Housekeeping housekeeping;
  private final Presence presence;
  private final Leading leading;
  private final Mandate mandate;
  private final Notifier notifier;
  private final EventFeed events;
  private final Routes consoleRoutes;
  private final Routes centerRoutes;
  private final Coordinator coordinator;

  /** Known once both ports are open; a ping that comes before waits for it. */
  private final CompletableFuture<Presented> self = new CompletableFuture<>();

  private @Nullable Listener console;
  private @Nullable Listener center;

  private Center(CenterSettings settings, Store store, Coordinator coordinator, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.coordinator = coordinator;
    this.authenticator =
        new Authenticator(
            settings.secrets().clusterToken(), new StoredCallers(store, SessionAge.USUAL, clock));
    this.agents = new AgentClient(settings.secrets().clusterToken(), settings.doors().tls());
    this.secrets = new Secrets(settings.secrets().clusterToken());
    this.signing = new SigningSecrets(secrets);
    this.revisions = new Revisions(store, coordinator, agents);
    this.leading = new Leading(settings.self().key(), coordinator);
    this.presence =
        new Presence(coordinator, settings.habits().silence(), System::nanoTime, leading::planSoon);
    this.mandate = new Mandate(store, settings.self().key(), leading::isElected);
    this.notifier =
        new Notifier(
            store, mandate::write, settings.notifications(), signing, this::consoleUrl, clock);
    this.housekeeping = new Housekeeping(duties(store), settings.habits().pulse());
    Path uploads = Preparation.uploads(settings);
    var packages = new PackageRoutes(store, uploads, settings.habits().packages(), clock);
    this.events = new EventFeed(store);
    this.consoleRoutes = consoleRoutes(store, packages);
    this.centerRoutes = centerRoutes(store, packages, uploads);
  }

  private Duties duties(Store store) {
    return new Duties(
        new Duties.Parts(
            store,
            coordinator,
            mandate,
            presence::members,
            revisions::changed,
            new AuditedEvents(store)),
        settings.habits().leading(),
        clock.getZone());
  }

  /**
   * Opens the ports and begins to work.
   *
   * @param clock its zone is the one of schedules that name none, while no agent has the job
   * @throws ListenException when a port can't be had; nothing is left running then
   */
  public static Center start(
      CenterSettings settings, Store store, Coordinator coordinator, Clock clock) {
    Preparation.store(settings, store, clock.instant());
    Center center = new Center(settings, store, coordinator, clock);
    try {
      center.open();
      return center;
    } catch (RuntimeException e) {
      center.close();
      throw e;
    }
  }

  private synchronized void open() {
    Listener first =
        Listener.start(
            "console",
            settings.doors().console(),
            settings.doors().tls(),
            consoleRoutes,
            new Entrance(authenticator, settings.doors().consoleAdmission(), sites()));
    console = first;
    Listener second = listen(settings.doors().center());
    center = second;
    CenterNode node = CenterNode.of(settings, first.port(), second.port(), clock.instant());
    SharedAddresses addresses =
        new SharedAddresses(coordinator, settings.sharing().mode(), node.own());
    self.complete(new Presented(node, addresses));
    revisions.changedAll();
    housekeeping.start(new Attendance(coordinator, node, addresses, clock));
    housekeeping.repeat(notifier::round, NOTIFY, NOTIFY);
    leading.start(housekeeping);
  }

  private Listener listen(List<Listen> listens) {
    return Listener.start(
        "center",
        listens,
        settings.doors().tls(),
        centerRoutes,
        new Entrance(authenticator, settings.doors().centerAdmission(), null));
  }

  /** Under which names browsers find the console. */
  private Sites sites() {
    Set<String> hosts =
        new HashSet<>(Set.of(settings.self().host().name(), settings.self().host().address()));
    settings.doors().console().stream()
        .filter(listen -> !listen.isEverywhere())
        .map(Listen::host)
        .forEach(hosts::add);
    return new Sites(hosts, this::consoleUrl);
  }

  private Routes consoleRoutes(Store store, PackageRoutes packages) {
    ApiRoutes.Effects effects =
        changed -> {
          revisions.changed(changed);
          leading.changedNow();
        };
    var cluster = new ApiRoutes.Cluster(coordinator, settings.habits().leading());
    return Routes.builder()
        .addAll(
            new ApiRoutes(new ApiRoutes.Parts(store, agents, effects, cluster, secrets, clock))
                .routes())
        .addAll(packages.routes())
        .addAll(new EventRoutes(events).routes())
        .addAll(new NotificationRoutes(store, notifier, signing, clock).routes())
        .addAll(new AccessRoutes(store, passwords, clock).routes())
        .site(ConsoleSite.ofClassPath())
        .build();
  }

  private String consoleUrl() {
    return self.isDone() ? self.join().addresses().current().websitehost() : "";
  }

  private Routes centerRoutes(Store store, PackageRoutes packages, Path uploads) {
    Actions actions = new Actions(store, agents, clock);
    Exchange exchange = new Exchange(store, settings.habits().terms(), presence::otherLives, clock);
    return Routes.builder()
        .addAll(new ExchangeRoutes(exchange, secrets, new Heard()).routes())
        .addAll(new LeaseRoutes(exchange).routes())
        .addAll(new OutputRoutes(store, uploads).routes())
        .add(packages.downloads())
        .addAll(new WireRoutes(store, actions, secrets, this::ping, clock).routes())
        .build();
  }

  private WireRoutes.Ping ping() {
    Presented presented = self.join();
    Object shown = settings.sharing().shown().apply(presented.addresses().current());
    return presented.node().ping(clock.instant(), shown);
  }

  /** The routes of the console port, then those of the center port, for those who check them. */
  List<Routes> routes() {
    return List.of(consoleRoutes, centerRoutes);
  }

  /** The epoch of this center while it leads, as far as it knows; else 0. */
  public long epoch() {
    return mandate.epoch();
  }

  /** The key under which this center is signed in. */
  public String key() {
    return self.join().node().key();
  }

  /** The port of the REST API and the packages. */
  public synchronized int consolePort() {
    return open(console).port();
  }

  /** The port of the agents and deployed clients, also while it is suspended. */
  public int centerPort() {
    return Integer.parseInt(self.join().node().node().apiaddr().replaceFirst(".*:", ""));
  }

  /** For tests: closes the center port, as if this center were away for its agents. */
  public synchronized void suspendAgentApi() {
    if (center != null) {
      center.close();
      center = null;
    }
  }

  /** Opens the center port again after {@link #suspendAgentApi}. */
  public synchronized void resumeAgentApi() {
    if (center == null) {
      center = listen(List.of(settings.doors().center().getFirst().at(centerPort())));
    }
  }

  private static Listener open(@Nullable Listener listener) {
    if (listener == null) {
      throw new IllegalStateException("the center is closed");
    }
    return listener;
  }

  /** Ends what runs, in the order in which one part needs the other. */
  @Override
  public synchronized void close() {
    events.close();
    if (console != null) {
      console.close();
      console = null;
    }
    suspendAgentApi();
    presence.close();
    leading.close();
    housekeeping.close();
    notifier.close();
    revisions.close();
    agents.close();
  }

  /** How this center shows itself. */
  private record Presented(CenterNode node, SharedAddresses addresses) {}

  private final class Heard implements ExchangeRoutes.Listener {
    @Override
    public void greeted(String agentKey) {
      revisions.changed(Set.of(agentKey));
      leading.changed();
    }

    @Override
    public void reported(Set<String> jobs) {
      // What runs and ends changes no place.
    }

    @Override
    public void gaveBack() {
      leading.changed();
    }
  }
}
