package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Reports.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What agents ask a center. Thread-safe. */
public final class ExchangeRoutes {
  static final String AGENT = "/cloudtask/v2/agents/{key}";

  /** The incarnation of the process that asks for its set; others than the newest get none. */
  static final String INCARNATION = "Cloudtask-Incarnation";

  private static final long MAX_BATCH = 32L * 1024 * 1024;

  /** What the center does when something has changed; must not block for long. */
  public interface Listener {
    /** An agent has said hello. */
    void greeted(String agentKey);

    /** Reports said something new about jobs. */
    void reported(Set<String> jobs);

    /** An agent has given jobs back, which somebody else can have now. */
    void gaveBack();
  }

  private final Exchange exchange;
  private final Secrets secrets;
  private final Listener listener;

  public ExchangeRoutes(Exchange exchange, Secrets secrets, Listener listener) {
    this.exchange = exchange;
    this.secrets = secrets;
    this.listener = listener;
  }

  public List<Route> routes() {
    return List.of(
        Routes.post(AGENT + "/hello").allow(Role.CLUSTER).handle(this::hello),
        Routes.get(AGENT + "/jobs").allow(Role.CLUSTER).handle(this::jobs),
        Routes.post(AGENT + "/reports")
            .allow(Role.CLUSTER)
            .bodyLimit(MAX_BATCH)
            .handle(this::reports));
  }

  private Reply hello(Call call) {
    String key = call.path("key");
    Hello hello = call.json(Hello.class);
    BatchCheck.check(hello);
    return switch (exchange.hello(key, hello)) {
      case Greeting.Welcomed(long applied, long revision) -> {
        listener.greeted(key);
        yield Reply.ok(new Welcome(applied, revision));
      }
      case Greeting.JournalOlder(long applied) ->
          conflict(
              "journal-older",
              "this center has applied this agent's journal up to "
                  + applied
                  + ", and the agent's ends at "
                  + hello.sequence()
                  + ": its disk was lost or put back; give it a new key");
      case Greeting.OtherIncarnation(String incarnation) ->
          conflict(
              "other-incarnation",
              "another process with this key lives, or ended just now ("
                  + incarnation
                  + "); each agent needs a directory and a key file of its own");
      case Greeting.UnknownRuntime(String runtime) ->
          conflict(
              "unknown-runtime",
              "there is no runtime called \"" + runtime + "\"; create it, or mend cluster.runtime");
      case Greeting.HostNotListed(String runtime) ->
          conflict(
              "host-not-listed",
              "the runtime \""
                  + runtime
                  + "\" lists its hosts, and "
                  + hello.node().ipaddr()
                  + " ("
                  + hello.node().hostname()
                  + ") is not among them; add it there, or mend cluster.runtime");
    };
  }

  static Reply conflict(String code, String message) {
    return Reply.refused(Refusal.conflict(code, message));
  }

  private Reply jobs(Call call) {
    String key = call.path("key");
    OptionalLong held =
        call.header("If-None-Match").map(Revision::parse).orElse(OptionalLong.empty());
    String incarnation = call.header(INCARNATION).orElse(null);
    return switch (exchange.jobs(key, incarnation, held)) {
      case HandOut.Current(JobSet set) ->
          Reply.ok(secrets.opened(set)).with("ETag", Revision.etag(set.revision()));
      case HandOut.Unchanged(long revision) ->
          Reply.empty(304).with("ETag", Revision.etag(revision));
      case HandOut.OtherIncarnation(String other) -> otherIncarnation(other);
      case HandOut.UnknownAgent() -> unknownAgent();
    };
  }

  static Reply otherIncarnation(String incarnation) {
    return conflict(
        "other-incarnation",
        "another process with this key said hello since (" + incarnation + ')');
  }

  static Reply unknownAgent() {
    return Reply.refused(
        Refusal.of(404, "unknown-agent", "no agent with this key has said hello to this cluster"));
  }

  private Reply reports(Call call) {
    String key = call.path("key");
    ReportBatch batch = call.json(ReportBatch.class);
    BatchCheck.check(batch);
    return switch (exchange.reports(key, batch)) {
      case Outcome.Applied(long sequence, Set<String> jobs) -> {
        if (!jobs.isEmpty()) {
          listener.reported(jobs);
        }
        if (batch.reports().stream().anyMatch(r -> r.fact() instanceof Fact.Dropped)) {
          listener.gaveBack();
        }
        yield Reply.ok(new ReportAck(sequence));
      }
      case Outcome.OtherIncarnation(String other) -> otherIncarnation(other);
      case Outcome.UnknownAgent() -> unknownAgent();
    };
  }
}
