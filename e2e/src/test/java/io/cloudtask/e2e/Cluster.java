package io.cloudtask.e2e;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.CenterView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/**
 * A cluster as operators have it, each part a process of its own: an ensemble of three, a
 * PostgreSQL, two centers, and agents behind wires that a test can cut. Sessions last two seconds.
 */
final class Cluster implements AutoCloseable {
  static final String RUNTIME = "myCluster";
  static final Duration SESSION = Duration.ofSeconds(2);

  /** As long as a session of an agent lasts; that of a center lasts for a quarter more. */
  private static final String AGENT_PULSE = "2s";

  private static final String CENTER_PULSE = "1600ms";

  private static final int SERVERS = 3;

  final List<Part> coordinators = new ArrayList<>();
  final List<Part> centers = new ArrayList<>();
  final List<WiredAgent> agents = new ArrayList<>();
  private final Path dir;
  private final Deque<AutoCloseable> closed = new ArrayDeque<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<URI> consoles = new ArrayList<>();
  private Database database;

  private Cluster(Path dir) throws IOException {
    this.dir = dir;
    this.database = later(new Database(dir.resolve("database")));
  }

  /** Makes one, and waits until it can be given jobs. */
  static Cluster start(Path dir, int agents) throws Exception {
    Cluster cluster = new Cluster(dir);
    try {
      cluster.startCoordinators();
      cluster.startCenters();
      for (int i = 1; i <= agents; i++) {
        cluster.addAgent(dir.resolve("agent" + i));
      }
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  Database database() {
    return database;
  }

  private <T extends AutoCloseable> T later(T part) {
    closed.push(part);
    return part;
  }

  private void startCoordinators() throws IOException, InterruptedException {
    List<Integer> ports = freePorts(3 * SERVERS);
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      members.append(
          "server.%d=127.0.0.1:%d:%d;127.0.0.1:%d%n"
              .formatted(i + 1, ports.get(3 * i), ports.get(3 * i + 1), ports.get(3 * i + 2)));
      addresses.add("127.0.0.1:" + ports.get(3 * i + 2));
    }
    for (int i = 1; i <= SERVERS; i++) {
      Path home = dir.resolve("coordinator" + i);
      Files.writeString(Files.createDirectories(home.resolve("data")).resolve("myid"), i + "\n");
      Files.writeString(
          home.resolve("zoo.cfg"),
          "tickTime=500\ninitLimit=20\nsyncLimit=10\ndataDir=data\n" + members);
      Part server = later(new Part(home, List.of(), "io.cloudtask.coordination.server.Main"));
      coordinators.add(server);
      server.start();
    }
  }

  private void startCenters() throws IOException, InterruptedException {
    List<Integer> ports = freePorts(4);
    Path made = Files.createDirectories(dir.resolve("made"));
    Files.writeString(
        made.resolve("ServerConfig.json"),
        """
        {"centerhost": "http://127.0.0.1:%d", "websitehost": "http://127.0.0.1:%d",
         "cluster": {"hosts": "%s"}}
        """
            .formatted(ports.get(0), ports.get(1), String.join(",", addresses)));
    String _ = RoleProcess.run(made, "io.cloudtask.center.init.Main");
    for (int i = 0; i < 2; i++) {
      Path home = Files.createDirectories(dir.resolve("center" + (i + 1)));
      Files.writeString(
          home.resolve("center.yaml"), center(made, ports.get(2 * i), ports.get(2 * i + 1)));
      consoles.add(URI.create("http://127.0.0.1:" + ports.get(2 * i + 1)));
      Part center = later(new Part(home, List.of(), "io.cloudtask.center.Main"));
      centers.add(center);
      center.start();
    }
  }

  private String center(Path made, int port, int console) {
    return """
    cluster: {hosts: "%s", runtime: %s, tokenfile: %s, pulse: %s}
    admintokenfile: %s
    api: {hosts: ["127.0.0.1:%d"]}
    console: {hosts: ["127.0.0.1:%d"]}
    scheduler: {lease: 2s, allocrecovery: 1s}
    store: {url: "%s", user: postgres}
    """
        .formatted(
            String.join(",", addresses),
            RUNTIME,
            made.resolve("cluster-token"),
            CENTER_PULSE,
            made.resolve("admin-token"),
            port,
            console,
            database.url());
  }

  /** Starts one more agent, in a directory of its own. */
  WiredAgent addAgent(Path home) throws IOException, InterruptedException {
    List<Wire> wires = new ArrayList<>();
    for (String address : addresses) {
      wires.add(later(new Wire(Integer.parseInt(address.replaceFirst(".*:", "")))));
    }
    HttpWire http = later(new HttpWire());
    Files.writeString(
        Files.createDirectories(home).resolve("agent.yaml"),
        """
        cluster: {hosts: "%s", runtime: %s, tokenfile: %s, pulse: %s}
        api: {hosts: ["127.0.0.1:0"]}
        """
            .formatted(
                String.join(",", wires.stream().map(Wire::address).toList()),
                RUNTIME,
                dir.resolve("made/cluster-token"),
                AGENT_PULSE));
    Part part = later(new Part(home, http.options(), "io.cloudtask.agent.Main"));
    part.start();
    WiredAgent agent = new WiredAgent(part, wires, http);
    agents.add(agent);
    return agent;
  }

  /** The API of a center that answers. */
  Api api() {
    for (int i = 0; i < centers.size(); i++) {
      if (centers.get(i).answers()) {
        return new Api(consoles.get(i), adminToken());
      }
    }
    throw new IllegalStateException("no center answers");
  }

  private String adminToken() {
    try {
      return Files.readString(dir.resolve("made/admin-token")).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  List<AgentView> agentViews() {
    String text = api().get("/api/v1/agents");
    return Json.MAPPER.readValue(text, new TypeReference<List<AgentView>>() {});
  }

  AgentView view(WiredAgent agent) {
    return agentViews().stream()
        .filter(view -> view.key().equals(agent.part().key()))
        .findFirst()
        .orElseThrow();
  }

  /** Those that say that they lead, as a center that answers sees it. */
  List<CenterView> leaders() {
    String text = api().get("/api/v1/centers");
    List<CenterView> all = Json.MAPPER.readValue(text, new TypeReference<List<CenterView>>() {});
    return all.stream().filter(CenterView::leader).toList();
  }

  /** The center that leads. */
  Part leader() {
    List<CenterView> leaders = leaders();
    return centers.stream()
        .filter(center -> leaders.stream().anyMatch(each -> each.key().equals(center.key())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody leads: " + leaders));
  }

  /** Ends every fault. */
  void heal() throws IOException, InterruptedException {
    for (Part part : coordinators) {
      part.start();
    }
    for (Part part : centers) {
      part.start();
    }
    for (WiredAgent agent : agents) {
      agent.mend();
      agent.part().start();
    }
  }

  /** All at once, so that no port is given twice. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!closed.isEmpty()) {
      closed.pop().close();
    }
  }
}
