package io.cloudtask.center.wire;

import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.wire.Alloc;
import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.JobLog;
import io.cloudtask.model.wire.Message;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.Server;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Legacy.Heard;
import io.cloudtask.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The center API as deployed clients know it. Thread-safe. */
public final class WireRoutes {
  private static final String V2 = "/cloudtask/v2";
  private static final long MAX_LOG = 64L * 1024 * 1024;

  /**
   * What the center says of itself.
   *
   * @param app MD5 of the program file
   * @param key of this center
   * @param systemconfig its configuration without any secret
   */
  public record Ping(String app, String key, Node node, Object systemconfig) {}

  private final Store store;
  private final Actions actions;
  private final Secrets secrets;
  private final Supplier<Ping> ping;
  private final Clock clock;

  public WireRoutes(
      Store store, Actions actions, Secrets secrets, Supplier<Ping> ping, Clock clock) {
    this.store = store;
    this.actions = actions;
    this.secrets = secrets;
    this.ping = ping;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        reading(V2 + "/_ping").handle(call -> Reply.ok(ping.get())),
        reading(V2 + "/jobs/{jobid}/base").handle(this::base),
        reading(V2 + "/runtimes/{runtime}/jobsalloc").handle(this::alloc),
        reading(V2 + "/runtimes/{runtime}/{server}/jobsalloc").handle(this::allocOfServer),
        reading(V2 + "/runtimes/{runtime}/servers").handle(this::servers),
        Routes.put(V2 + "/jobs/action")
            .allow(Role.operators())
            .allow(Role.CLUSTER)
            .scoped()
            .loopback()
            .handle(actions::act),
        Routes.post(V2 + "/messages").allow(Role.CLUSTER).handle(this::message),
        Routes.post(V2 + "/logs").allow(Role.CLUSTER).bodyLimit(MAX_LOG).handle(this::log));
  }

  private static Routes.Registration reading(String path) {
    return Routes.get(path).allow(Role.readers()).allow(Role.CLUSTER).scoped().loopback();
  }

  /** Bare, without an envelope. An agent gets the secrets, a person does not. */
  private Reply base(Call call) {
    String jobid = call.path("jobid");
    Refusal unknown = Refusal.notFound("there is no job " + jobid);
    JobRow job =
        store.read(tx -> tx.jobs().find(jobid)).orElseThrow(() -> new RefusedException(unknown));
    call.require(job.definition().runtime(), job.definition().group(), unknown);
    boolean node = call.principal().kind() == Principal.Kind.CLUSTER;
    return Reply.ok(
        JobBase.of(
            jobid,
            job.version(),
            node ? secrets.opened(job.definition()) : Secrets.masked(job.definition())));
  }

  private Reply alloc(Call call) {
    String runtime = call.path("runtime");
    if (isUnknown(call, runtime)) {
      return unknownRuntime(runtime);
    }
    Alloc alloc = store.read(tx -> tx.assignments().alloc(call.scope(), runtime, null));
    return Reply.envelope(Map.of("alloc", alloc));
  }

  private Reply allocOfServer(Call call) {
    String runtime = call.path("runtime");
    String server = call.path("server");
    if (isUnknown(call, runtime)) {
      return unknownRuntime(runtime);
    }
    List<AgentRow> agents = store.read(tx -> tx.agents().list(runtime));
    if (agents.stream().noneMatch(agent -> isCalled(agent, server))) {
      return Reply.refused(
          Refusal.notFound("the runtime " + runtime + " has no agent on a host " + server));
    }
    Alloc alloc = store.read(tx -> tx.assignments().alloc(call.scope(), runtime, server));
    return Reply.envelope(Map.of("alloc", alloc));
  }

  private static boolean isCalled(AgentRow agent, String server) {
    return agent.node().ipaddr().equals(server) || agent.node().hostname().equals(server);
  }

  private Reply servers(Call call) {
    String runtime = call.path("runtime");
    if (isUnknown(call, runtime)) {
      return unknownRuntime(runtime);
    }
    List<Server> healthy =
        store.read(tx -> tx.agents().list(runtime)).stream()
            .filter(AgentRow::online)
            .map(WireRoutes::server)
            .toList();
    return Reply.envelope(Map.of("servers", healthy));
  }

  private static Server server(AgentRow agent) {
    Node node = agent.node();
    return new Server(
        agent.key(),
        node.hostname(),
        node.ipaddr(),
        node.apiaddr(),
        node.os(),
        node.platform(),
        agent.online() ? 1 : 0,
        node.alivestamp());
  }

  private boolean isUnknown(Call call, String runtime) {
    return !call.scope().touches(runtime)
        || store.read(tx -> tx.runtimes().find(runtime)).isEmpty();
  }

  private static Reply unknownRuntime(String runtime) {
    return Reply.refused(Refusal.notFound("there is no runtime called " + runtime));
  }

  private Reply message(Call call) {
    Message message = call.json(Message.class);
    LegacyCheck.check(message);
    return heard(store.write(tx -> tx.legacy().message(message, clock.instant())));
  }

  private Reply log(Call call) {
    JobLog log = call.json(JobLog.class);
    LegacyCheck.check(log);
    return heard(store.write(tx -> tx.legacy().log(log, clock.instant())));
  }

  /** What came before or too late is no fault of the sender, who has no use for repeating it. */
  private static Reply heard(Heard heard) {
    return switch (heard) {
      case NEW, KNOWN, OUTDATED -> Reply.accepted();
      case UNKNOWN_JOB -> Reply.refused(Refusal.notFound("there is no such job"));
    };
  }
}
