package io.cloudtask.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A center that speaks real HTTP and keeps what it is told in memory. Thread-safe. */
public final class FakeCenter implements AutoCloseable {
  private final HttpServer server;
  private final List<Report> applied = new ArrayList<>();
  private final Map<String, RunOutput> outputs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private JobSet set = new JobSet(0, List.of());
  private volatile long acknowledged;
  private volatile boolean away;
  private volatile @Nullable String refusal;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean withoutLeases;
  private volatile boolean claimsRefused;
  private volatile long skew;
  private volatile boolean onlyFirst;
  private String incarnation = "";
  private boolean fenced;
  private long fencedRevision;
  private long last;

  public FakeCenter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/cloudtask/v2/agents/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public synchronized void assign(AssignedJob... jobs) {
    set = new JobSet(set.revision() + 1, List.of(jobs));
  }

  /** Takes all jobs from the agent, as a leader does that thinks it dead. */
  public synchronized void fence(Instant until, AssignedJob... stay) {
    List<ClosedSpan> closed = new ArrayList<>(set.closed());
    for (AssignedJob job : set.jobs()) {
      closed.add(new ClosedSpan(job.jobid(), job.span(), until));
    }
    set = new JobSet(set.revision() + 1, List.of(stay), closed);
    fencedRevision = set.revision();
    fenced = true;
  }

  /** Refuses every agent process but the one that said hello last. */
  public void onlyFirst() {
    onlyFirst = true;
  }

  /** Knows what another center knows, as all do that share a store. */
  public synchronized void continueFrom(FakeCenter other) {
    set = other.set();
    last = other.last();
  }

  private synchronized JobSet set() {
    return set;
  }

  /** Whether the store grants leases. */
  public void leases(boolean value) {
    withoutLeases = !value;
  }

  /** Whether other agents have all claims. */
  public void claimedElsewhere(boolean value) {
    claimsRefused = value;
  }

  /** How far the clock of the agent is ahead, in milliseconds. */
  public void skew(long millis) {
    skew = millis;
  }

  public synchronized long revision() {
    return set.revision();
  }

  public long acknowledged() {
    return acknowledged;
  }

  /** Answers 503 to everything. */
  public void away(boolean value) {
    away = value;
  }

  /** Answers 409 with this code to every hello. */
  public void refuse(@Nullable String code) {
    refusal = code;
  }

  /** How often it has refused somebody. */
  public int refusals() {
    return refusals.get();
  }

  public synchronized List<Fact> facts() {
    return applied.stream().map(Report::fact).toList();
  }

  public synchronized <F extends Fact> List<F> facts(Class<F> type) {
    return facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  public synchronized List<Long> sequences() {
    return applied.stream().map(Report::sequence).toList();
  }

  public @Nullable RunOutput output(String runId, String stream) {
    return outputs.get(runId + "/" + stream);
  }

  public byte @Nullable [] uploaded(String runId, String stream) {
    return uploads.get(runId + "/" + stream);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = body(exchange);
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      if (away) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      switch (path[5]) {
        case "hello" -> hello(exchange, body);
        case "jobs" -> jobs(exchange);
        case "lease" -> lease(exchange);
        case "claims" -> claims(exchange, body);
        case "reports" -> reports(exchange, body);
        default -> {
          uploads.put(path[6] + "/" + path[8], body);
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  private void hello(HttpExchange exchange, byte[] body) throws IOException {
    Hello hello = Json.MAPPER.readValue(body, Hello.class);
    String code = refusal;
    if (code == null && onlyFirst && !hello.incarnation().equals(incarnation())) {
      code = "other-incarnation";
    }
    if (code != null) {
      refusals.incrementAndGet();
      send(exchange, 409, Envelope.refused(Envelope.INVALID, code, "refused: " + code, null));
    } else if (hello.sequence() < last()) {
      send(exchange, 409, Envelope.refused(Envelope.INVALID, "journal-older", "too old", null));
    } else {
      greeted(hello);
      send(exchange, 200, new Welcome(last(), revision()));
    }
  }

  private synchronized String incarnation() {
    return incarnation;
  }

  private synchronized void greeted(Hello hello) {
    incarnation = hello.incarnation();
  }

  private synchronized long last() {
    return last;
  }

  private void jobs(HttpExchange exchange) throws IOException {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    acknowledged = Long.parseLong(known.replace("\"", ""));
    JobSet now;
    synchronized (this) {
      now = set;
      fenced = false;
    }
    if (acknowledged == now.revision()) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, now);
    }
  }

  private void lease(HttpExchange exchange) throws IOException {
    boolean known;
    synchronized (this) {
      known = !fenced && acknowledged >= fencedRevision;
    }
    if (withoutLeases) {
      exchange.sendResponseHeaders(503, -1);
    } else if (known) {
      send(exchange, 200, new LeaseAnswer(3000, skew, Math.abs(skew) <= 1000, 1000));
    } else {
      send(exchange, 409, Envelope.refused(Envelope.INVALID, "fenced", "fenced", null));
    }
  }

  private void claims(HttpExchange exchange, byte[] body) throws IOException {
    ClaimRequest request = Json.MAPPER.readValue(body, ClaimRequest.class);
    send(
        exchange,
        200,
        new ClaimAnswer(request.claims().stream().map(_ -> !claimsRefused).toList()));
  }

  private void reports(HttpExchange exchange, byte[] body) throws IOException {
    ReportBatch batch = Json.MAPPER.readValue(body, ReportBatch.class);
    synchronized (this) {
      for (Report report : batch.reports()) {
        if (report.sequence() > last) {
          applied.add(report);
          last = report.sequence();
        }
      }
    }
    batch.outputs().forEach(o -> outputs.put(o.runid() + "/" + o.stream(), o));
    send(exchange, 200, new ReportAck(last()));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return in.readAllBytes();
    }
  }

  private static void send(HttpExchange exchange, int status, Object value) throws IOException {
    byte[] body = Json.MAPPER.writeValueAsBytes(value);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
