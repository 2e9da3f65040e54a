package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.Assignments.Asking;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Outputs.StreamRow;
import io.cloudtask.store.Reports.Outcome;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** What agents ask a center. Thread-safe. */
public final class ExchangeRoutes {
  private static final String AGENT = "/cloudtask/v2/agents/{key}";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final long MAX_BATCH = 32L * 1024 * 1024;
  private static final long MAX_OUTPUT = 256L * 1024 * 1024;

  /** What the center does when something has changed; must not block for long. */
  public interface Listener {
    /** An agent has said hello. */
    void greeted(String agentKey);

    /** Reports said something new about jobs. */
    void reported(Set<String> jobs);
  }

  private final Store store;
  private final Presence presence;
  private final Listener listener;
  private final Path temporary;
  private final Clock clock;

  /**
   * @param temporary an existing directory for outputs that are being uploaded
   */
  public ExchangeRoutes(
      Store store, Presence presence, Listener listener, Path temporary, Clock clock) {
    this.store = store;
    this.presence = presence;
    this.listener = listener;
    this.temporary = temporary;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Routes.post(AGENT + "/hello").allow(Role.CLUSTER).handle(this::hello),
        Routes.get(AGENT + "/jobs").allow(Role.CLUSTER).handle(this::jobs),
        Routes.post(AGENT + "/reports")
            .allow(Role.CLUSTER)
            .bodyLimit(MAX_BATCH)
            .handle(this::reports),
        Routes.put(AGENT + "/runs/{runid}/output/{stream}")
            .allow(Role.CLUSTER)
            .bodyLimit(MAX_OUTPUT)
            .handle(this::output));
  }

  private Reply hello(Call call) {
    String key = call.path("key");
    Hello hello = call.json(Hello.class);
    BatchCheck.check(hello);
    int capacity = Capacity.of(hello.node());
    boolean otherLives = presence.otherLives(key, hello);
    Instant now = clock.instant();
    Greeting greeting = store.write(tx -> tx.agents().hello(key, hello, capacity, otherLives, now));
    return switch (greeting) {
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

  private static Reply conflict(String code, String message) {
    return Reply.refused(Refusal.conflict(code, message));
  }

  private Reply jobs(Call call) {
    String key = call.path("key");
    OptionalLong held =
        call.header("If-None-Match").map(Revision::parse).orElse(OptionalLong.empty());
    Asking asking = new Asking(null, held, LEASE, HandOut.Sole.EVERY);
    return switch (store.write(tx -> tx.assignments().handOut(key, asking))) {
      case HandOut.Current(JobSet set) -> Reply.ok(set).with("ETag", Revision.etag(set.revision()));
      case HandOut.Unchanged(long revision) ->
          Reply.empty(304).with("ETag", Revision.etag(revision));
      case HandOut.OtherIncarnation(String incarnation) ->
          conflict(
              "other-incarnation",
              "another process with this key said hello since (" + incarnation + ')');
      case HandOut.UnknownAgent() -> unknownAgent();
    };
  }

  private static Reply unknownAgent() {
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
        yield Reply.ok(new ReportAck(sequence));
      }
      case Outcome.OtherIncarnation(String incarnation) ->
          conflict(
              "other-incarnation",
              "another process with this key said hello since (" + incarnation + ')');
      case Outcome.UnknownAgent() -> unknownAgent();
    };
  }

  private Reply output(Call call) throws IOException {
    long size = call.query().number("size", 0, Long.MAX_VALUE, -1);
    Checks.require(size >= 0, "size", "is absent");
    long cutfrom = call.query().number("cutfrom", 0, Long.MAX_VALUE, 0);
    long cutto = call.query().number("cutto", 0, Long.MAX_VALUE, 0);
    BatchCheck.sizes("", size, cutfrom, cutto);
    if (store.read(tx -> tx.agents().find(call.path("key"))).isEmpty()) {
      return unknownAgent();
    }
    var row = new StreamRow(call.path("runid"), call.path("stream"), size, cutfrom, cutto);
    spooled(call, file -> keep(row, file));
    return Reply.empty(204);
  }

  private void keep(StreamRow row, Path file) {
    try {
      Checks.require(
          Files.size(file) == row.kept(),
          "body",
          "has " + Files.size(file) + " bytes; size and cut say " + row.kept());
      store.execute(tx -> put(tx, row, file));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opened inside the transaction, because that may run more than once. */
  private static void put(Tx tx, StreamRow row, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      tx.outputs().put(row, in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("could not read back an uploaded output", e);
  }

  /** The store's one writing transaction must not wait for a network, so the body comes first. */
  private void spooled(Call call, Consumer<Path> use) throws IOException {
    Path file = Files.createTempFile(temporary, "output-", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        transfer(call.stream(), out);
      }
      use.accept(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void transfer(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      out.write(buffer, 0, read);
    }
  }

  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new RefusedException(Refusal.invalid("the body was broken off"));
    }
  }
}
