package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Listener;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.packages.PackageRoutes;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.center.wire.Actions;
import io.cloudtask.center.wire.WireRoutes;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.PackageView;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Outputs.Part;
import io.cloudtask.store.Outputs.StreamRow;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** The routes of this center on a real port, over a real store. */
public final class TestCenter implements AutoCloseable {
  public static final String CLUSTER = "the cluster token";
  public static final String ADMIN = "the admin's token";
  public static final String VIEWER = "the viewer's token";
  public static final String KEY = Samples.KEY;
  public static final String JOB = "8fee1ea957b7b6b49bd4e75f";
  public static final Instant NOW = Samples.NOW;
  public static final long MAX_PACKAGE = 200_000;
  public static final Terms TERMS =
      new Terms(Duration.ofSeconds(8), Duration.ofSeconds(1), HandOut.Sole.BY_DEFINITION);

  public final Store store;
  public final MemoryCoordination coordination = new MemoryCoordination();
  public final MemorySession session = coordination.open();
  public final AgentClient agents = new AgentClient(CLUSTER, Tls.NONE);
  public final List<String> events = new CopyOnWriteArrayList<>();
  public final Presence presence;
  public final Path temporary;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Listener listener;

  public TestCenter(Path dir) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    temporary = dir;
    store = Store.open(dir.resolve("cloudtask.db"), clock);
    store.execute(tx -> tx.runtimes().create("myCluster", "", List.of(), NOW));
    presence =
        new Presence(
            session, Duration.ofMinutes(1), System::nanoTime, () -> events.add("presence"));
    Exchange exchange = new Exchange(store, TERMS, presence::otherLives, clock);
    Routes routes =
        Routes.builder()
            .addAll(new ExchangeRoutes(exchange, new Secrets(CLUSTER), listener()).routes())
            .addAll(new LeaseRoutes(exchange).routes())
            .addAll(new OutputRoutes(store, dir).routes())
            .addAll(
                new WireRoutes(
                        store,
                        new Actions(store, agents, clock),
                        new Secrets(CLUSTER),
                        TestCenter::ping,
                        clock)
                    .routes())
            .addAll(
                new PackageRoutes(store, dir, new PackageRoutes.Limits(MAX_PACKAGE, 2), clock)
                    .routes())
            .build();
    listener = Listener.start("center", "127.0.0.1", 0, routes, authenticator());
  }

  private static Authenticator authenticator() {
    Map<String, Principal> people =
        Map.of(
            ADMIN, Principal.everywhere("admin", Principal.Kind.TOKEN, Set.of(Role.ADMIN)),
            VIEWER, Principal.everywhere("viewer", Principal.Kind.TOKEN, Set.of(Role.VIEWER)));
    return new Authenticator(CLUSTER, token -> Optional.ofNullable(people.get(token)));
  }

  private ExchangeRoutes.Listener listener() {
    return new ExchangeRoutes.Listener() {
      @Override
      public void greeted(String agentKey) {
        events.add("greeted " + agentKey);
      }

      @Override
      public void reported(Set<String> jobs) {
        events.add("reported " + jobs);
      }

      @Override
      public void gaveBack() {
        events.add("gave back");
      }
    };
  }

  private static WireRoutes.Ping ping() {
    Node center =
        new Node(
            Node.CENTER,
            "vm",
            "",
            "",
            "linux",
            "amd64",
            "127.0.0.1",
            "http://127.0.0.1:8985",
            7,
            true,
            2,
            1,
            null);
    return new WireRoutes.Ping(
        "7969c05a25a3cdfd39645bba2d213173", KEY, center, Map.of("version", "v.3.0.0"));
  }

  /** A job of every other field empty. */
  public static JobDefinition job(String name) {
    return new JobDefinition(
        "myCluster",
        "default",
        name,
        "./run.sh",
        "",
        List.of("A=1"),
        30,
        List.of(),
        true,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        Guarantee.LEASED,
        null,
        "",
        List.of(),
        "");
  }

  public static Hello hello(String incarnation, long sequence, String apiaddr) {
    return new Hello(incarnation, sequence, NOW.toEpochMilli(), Samples.node(apiaddr));
  }

  /** Makes {@link #JOB}, and has an agent at that address hold it. */
  public void assignJobTo(String apiaddr) {
    store.execute(tx -> {
      tx.agents().hello(KEY, hello("one", 0, apiaddr), 255, false, NOW);
      tx.jobs().create(JOB, job("nightly"), "admin", NOW);
      tx.assignments().assign(JOB, KEY, NOW);
    });
  }

  public Optional<AgentRow> agent() {
    return store.read(tx -> tx.agents().find(KEY));
  }

  public List<StreamRow> outputs(String runid) {
    return store.read(tx -> tx.outputs().list(runid));
  }

  public Optional<Part> output(String runid, String stream) {
    return store.read(tx -> tx.outputs().read(runid, stream, 0, 100));
  }

  public List<PackageView> packages() {
    return store.read(tx -> tx.packages().list(Scope.EVERYTHING));
  }

  public List<AuditRow> audit(String object) {
    return store.read(tx -> tx.audit().about(object, 10));
  }

  /** Sends a request as whoever holds the token; "" for nobody. */
  public HttpResponse<byte[]> send(
      String method, String path, String token, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<byte[]> get(String path, String token, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, token, BodyPublishers.noBody(), headers);
  }

  /** Sends a record as JSON, or text as it is. */
  public HttpResponse<byte[]> json(String method, String path, String token, Object body)
      throws IOException, InterruptedException {
    byte[] bytes =
        body instanceof String text
            ? text.getBytes(StandardCharsets.UTF_8)
            : Json.MAPPER.writeValueAsBytes(body);
    return send(method, path, token, BodyPublishers.ofByteArray(bytes));
  }

  public static JsonNode tree(HttpResponse<byte[]> response) {
    return Json.MAPPER.readTree(response.body());
  }

  @Override
  public void close() {
    listener.close();
    presence.close();
    agents.close();
    session.close();
    coordination.close();
    store.close();
    client.close();
  }
}
