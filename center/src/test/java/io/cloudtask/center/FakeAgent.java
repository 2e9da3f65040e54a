package io.cloudtask.center;

import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.exchange.LiveOutput;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Listener;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Routes;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.exchange.ActionAnswer;
import io.cloudtask.model.exchange.ActionRequest;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.wire.Envelope;
import io.cloudtask.model.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks the agent's part of the exchange over real ports, and does only what a test says. */
final class FakeAgent implements AutoCloseable {
  static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";

  final List<ActionRequest> actions = new CopyOnWriteArrayList<>();
  final Map<String, String> live = new ConcurrentHashMap<>();

  /** The run of a job that is not over, by job, where there is one. */
  final Map<String, String> going = new ConcurrentHashMap<>();

  final String key;
  final MemorySession session;
  private final String hostname;
  private final Listener listener;
  private final Coordinator.Membership membership;
  private RunningCenter center;
  private long sequence;

  FakeAgent(RunningCenter center) throws Exception {
    this(center, KEY, "vm");
  }

  FakeAgent(RunningCenter center, String key, String hostname) throws Exception {
    this.center = center;
    this.key = key;
    this.hostname = hostname;
    Routes routes =
        Routes.builder()
            .add(Routes.put("/cloudtask/v2/jobs/action").allow(Role.CLUSTER).handle(this::act))
            .add(
                Routes.post("/cloudtask/v2/jobsalloc")
                    .allow(Role.CLUSTER)
                    .handle(call -> Reply.accepted()))
            .add(
                Routes.get("/cloudtask/v2/runs/{runid}/output/{stream}")
                    .allow(Role.CLUSTER)
                    .handle(this::output))
            .build();
    listener =
        Listener.start(
            "agent",
            "127.0.0.1",
            0,
            routes,
            new Authenticator(RunningCenter.CLUSTER, token -> Optional.empty()));
    session = center.coordination.open();
    membership = session.join(new Member(key, node()));
    hello();
  }

  /** Says hello, learns its set, and acknowledges it. */
  JobSet hello() throws Exception {
    center.tell(
        center.centerUrl(key, "/hello"), new Hello("one", sequence, center.clock.millis(), node()));
    JobSet set = jobs("\"0\"").as(JobSet.class);
    jobs("\"" + set.revision() + "\"");
    return set;
  }

  private RunningCenter.Answer jobs(String etag) throws Exception {
    return center.send(
        center
            .request(center.centerUrl(key, "/jobs"), RunningCenter.CLUSTER)
            .header("If-None-Match", etag)
            .GET());
  }

  /** Talks to another center from now on. */
  void use(RunningCenter other) {
    center = other;
  }

  /** Its process is killed, and its session runs out. */
  void crash() {
    session.cut(MemorySession.Cut.BOTH);
    center.coordination.expire(session);
  }

  /** It is reached again. */
  JobSet comeBack() throws Exception {
    JobSet set = hello();
    session.mend();
    return set;
  }

  private Node node() {
    return new Node(
        Node.AGENT,
        hostname,
        "",
        "local",
        "linux",
        "amd64",
        "127.0.0.1",
        "http://127.0.0.1:" + listener.port(),
        7,
        true,
        2,
        1,
        "eyJqb2JtYXhjb3VudCI6MjU1fQo=");
  }

  void report(Fact... facts) throws Exception {
    report(List.of(), facts);
  }

  void report(List<RunOutput> outputs, Fact... facts) throws Exception {
    List<Report> reports = new ArrayList<>();
    for (Fact fact : facts) {
      reports.add(new Report(++sequence, fact));
    }
    center.tell(center.centerUrl(key, "/reports"), new ReportBatch("one", reports, outputs));
  }

  void leave() {
    membership.leave();
  }

  private Reply act(Call call) {
    ActionRequest action = call.json(ActionRequest.class);
    actions.add(action);
    String run = going.get(String.valueOf(action.jobid()));
    return run != null && "start".equals(action.action())
        ? Reply.json(202, Envelope.accepted(new ActionAnswer(run)))
        : Reply.accepted();
  }

  private Reply output(Call call) {
    String text = live.get(call.path("runid"));
    if (text == null) {
      return Reply.refused(Refusal.notFound("no such run here"));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = (int) call.query().number("from", 0, bytes.length, 0);
    return Reply.bytes("application/octet-stream", Arrays.copyOfRange(bytes, from, bytes.length))
        .with(LiveOutput.NEXT, String.valueOf(bytes.length))
        .with(LiveOutput.END, "false");
  }

  @Override
  public void close() {
    listener.close();
  }
}
