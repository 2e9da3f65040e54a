package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.wire.Node;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh store with one runtime, and words for what the contracts have in common. */
abstract class StoreContract implements Opener {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(10);
  static final Duration ALLOWANCE = Duration.ofSeconds(1);
  static final String JOB = "399d4b159c65c9b34d2a3c41";
  static final String OTHER_JOB = "499d4b159c65c9b34d2a3c42";
  static final String AGENT = "509794cc-3539-4f58-a4d3-cc02a4f4848f";
  static final String OTHER_AGENT = "609794cc-3539-4f58-a4d3-cc02a4f4848f";

  final SettableClock clock = new SettableClock(NOW);

  @TempDir Path folder;
  Store store;
  private long sequence;

  @BeforeEach
  void openStore() {
    store = open(folder, clock);
    runtimes().create("local", "this machine", List.of(), NOW);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  void reopen() {
    store.close();
    store = open(folder, clock);
  }

  /** A repository whose every call is a transaction of its own. */
  private <R> R each(Class<R> type, Function<Tx, R> repository) {
    InvocationHandler call =
        (proxy, method, arguments) ->
            store.<@Nullable Object>write(tx -> invoke(method, repository.apply(tx), arguments));
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, call));
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  Runtimes runtimes() {
    return each(Runtimes.class, Tx::runtimes);
  }

  Jobs jobs() {
    return each(Jobs.class, Tx::jobs);
  }

  Agents agents() {
    return each(Agents.class, Tx::agents);
  }

  Assignments assignments() {
    return each(Assignments.class, Tx::assignments);
  }

  Leadership leadership() {
    return each(Leadership.class, Tx::leadership);
  }

  Claims claims() {
    return each(Claims.class, Tx::claims);
  }

  Reports reports() {
    return each(Reports.class, Tx::reports);
  }

  Runs runs() {
    return each(Runs.class, Tx::runs);
  }

  Overviews overviews() {
    return each(Overviews.class, Tx::overviews);
  }

  Ledger ledger() {
    return each(Ledger.class, Tx::ledger);
  }

  Outputs outputs() {
    return each(Outputs.class, Tx::outputs);
  }

  Packages packages() {
    return each(Packages.class, Tx::packages);
  }

  Accounts accounts() {
    return each(Accounts.class, Tx::accounts);
  }

  Sessions sessions() {
    return each(Sessions.class, Tx::sessions);
  }

  Logins logins() {
    return each(Logins.class, Tx::logins);
  }

  Tokens tokens() {
    return each(Tokens.class, Tx::tokens);
  }

  Audit audit() {
    return each(Audit.class, Tx::audit);
  }

  Notifications notifications() {
    return each(Notifications.class, Tx::notifications);
  }

  Requests requests() {
    return each(Requests.class, Tx::requests);
  }

  Legacy legacy() {
    return each(Legacy.class, Tx::legacy);
  }

  static JobDefinition definition(String name) {
    return new JobDefinition(
        "local",
        "default",
        name,
        "echo hello",
        "",
        List.of("A=b"),
        0,
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

  static JobDefinition withServers(JobDefinition d, String... servers) {
    return with(d, d.filename(), List.of(servers), d.guarantee());
  }

  static JobDefinition withGuarantee(JobDefinition d, Guarantee guarantee) {
    return with(d, d.filename(), d.servers(), guarantee);
  }

  static JobDefinition withPackage(JobDefinition d, String filename) {
    return with(d, filename, d.servers(), d.guarantee());
  }

  private static JobDefinition with(
      JobDefinition d, String filename, List<String> servers, Guarantee guarantee) {
    return new JobDefinition(
        d.runtime(),
        d.group(),
        d.name(),
        d.command(),
        filename,
        d.env(),
        d.timeout(),
        servers,
        d.enabled(),
        d.overlap(),
        d.missed(),
        d.startdeadline(),
        guarantee,
        d.ondisconnect(),
        d.timezone(),
        d.schedules(),
        d.description());
  }

  JobRow create(String jobid, String name) {
    Jobs.Written written = jobs().create(jobid, definition(name), "ann", NOW);
    assertThat(written).isInstanceOf(Jobs.Written.Done.class);
    return ((Jobs.Written.Done) written).job();
  }

  JobRow job() {
    return jobs().find(JOB).orElseThrow();
  }

  static Node node(String host) {
    return new Node(
        Node.AGENT,
        host,
        "",
        "local",
        "linux",
        "amd64",
        "10.0.0." + host.length(),
        "http://10.0.0.1:8600",
        7,
        true,
        1,
        1,
        null);
  }

  Agents.Greeting hello(String key, String host, String incarnation, long sequence) {
    return agents().hello(key, new Hello(incarnation, sequence, 0, node(host)), 255, false, NOW);
  }

  /** The usual scene: a job that an agent holds. */
  void aJobThatAnAgentHolds() {
    create(JOB, "hello");
    hello(AGENT, "alpha", "first", 0);
    assertThat(assignments().assign(JOB, AGENT, NOW)).isPresent();
  }

  HandOut handOut(String key) {
    return assignments().handOut(key, asking(OptionalLong.empty()));
  }

  static Assignments.Asking asking(OptionalLong held) {
    return new Assignments.Asking(null, held, LEASE, HandOut.Sole.BY_DEFINITION);
  }

  /** An agent asks for its set, and says that it has taken it. */
  JobSet handOutAndTake(String key) {
    assertThat(handOut(key)).isInstanceOf(HandOut.Current.class);
    JobSet set = ((HandOut.Current) handOut(key)).set();
    assertThat(assignments().handOut(key, asking(OptionalLong.of(set.revision()))))
        .isEqualTo(new HandOut.Unchanged(set.revision()));
    return set;
  }

  /** Until when an agent has a lease. */
  Instant leaseOf(String key) {
    return agents().find(key).map(agent -> agent.standing().leaseuntil()).orElse(Instant.EPOCH);
  }

  /** The lease of an agent is over, and its jobs are taken from it. */
  Instant fence(String key) {
    clock.set(clock.instant().plus(LEASE).plusMillis(9));
    Agents.Fencing fencing = agents().fence(key, leaseOf(key), ALLOWANCE, 0);
    assertThat(fencing).isInstanceOf(Agents.Fencing.Fenced.class);
    return ((Agents.Fencing.Fenced) fencing).until();
  }

  Reports.Outcome report(Fact... facts) {
    return report(List.of(), facts);
  }

  Reports.Outcome report(List<RunOutput> outputs, Fact... facts) {
    return apply(batch(outputs, facts));
  }

  Reports.Outcome reportOf(String key, Fact... facts) {
    return reports().apply(key, batch(List.of(), facts), clock.instant());
  }

  private ReportBatch batch(List<RunOutput> outputs, Fact... facts) {
    List<Report> reports = new ArrayList<>();
    for (Fact fact : facts) {
      reports.add(new Report(++sequence, fact));
    }
    return new ReportBatch("first", reports, outputs);
  }

  Reports.Outcome apply(ReportBatch batch) {
    return reports().apply(AGENT, batch, NOW);
  }

  static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }
}
