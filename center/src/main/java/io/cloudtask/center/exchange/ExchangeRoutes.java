package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.Assignments.Asking;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Reports.Outcome;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.time.Instant;
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

  private final Store store;
  private final Presence presence;
  private final Listener listener;
  private final Terms terms;
  private final Clock clock;

  public ExchangeRoutes(
      Store store, Presence presence, Listener listener, Terms terms, Clock clock) {
    this.store = store;
    this.presence = presence;
    this.listener = listener;
    this.terms = terms;
    this.clock = clock;
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
    return switch (greeted(key, hello)) {
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
              "another process with this key lives, or ended just now (" + incarnation + ')');
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
                  + ") is not among them");
    };
  }

  private Greeting greeted(String key, Hello hello) {
    int capacity = Capacity.of(hello.node());
    boolean otherLives = presence.otherLives(key, hello);
    Instant now = clock.instant();
    return store.write(tx -> {
      boolean other = otherLives || otherHasLease(tx, key, hello);
      Greeting greeting = tx.agents().hello(key, hello, capacity, other, now);
      switch (greeting) {
        case Greeting.Welcomed _ -> {
          if (hello.clock() > 0) {
            tx.agents().clock(key, hello.clock(), terms.skew());
          }
        }
        // Who asks again and again is about to come back: the leader waits a little for it.
        case Greeting.OtherIncarnation _ -> tx.agents().seen(key, now);
        case Greeting.JournalOlder _, Greeting.UnknownRuntime _, Greeting.HostNotListed _ -> {}
      }
      return greeting;
    });
  }

  /**
   * A process without a node at the coordinator may still fire by a lease of the store. One on the
   * same host has ended: there the directory of an agent admits one process.
   */
  private static boolean otherHasLease(Tx tx, String key, Hello hello) {
    return tx.agents()
        .find(key)
        .filter(known -> !known.incarnation().equals(hello.incarnation()))
        .filter(known -> !known.node().hostname().equals(hello.node().hostname()))
        .filter(known -> !known.standing().leaseuntil().isBefore(tx.now()))
        .isPresent();
  }

  static Reply conflict(String code, String message) {
    return Reply.refused(Refusal.conflict(code, message));
  }

  private Reply jobs(Call call) {
    String key = call.path("key");
    OptionalLong held =
        call.header("If-None-Match").map(Revision::parse).orElse(OptionalLong.empty());
    String incarnation = call.header(INCARNATION).orElse(null);
    Asking asking = new Asking(incarnation, held, terms.lease(), terms.sole());
    return switch (store.write(tx -> tx.assignments().handOut(key, asking))) {
      case HandOut.Current(JobSet set) -> Reply.ok(set).with("ETag", Revision.etag(set.revision()));
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
    Outcome outcome = store.write(tx -> tx.reports().apply(key, batch, clock.instant()));
    return switch (outcome) {
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
