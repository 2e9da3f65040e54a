package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.ClaimRequest.Claim;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two centers with one database. */
class PostgresTogetherTest {
  private static final Instant NOW = StoreContract.NOW;
  private static final String JOB = StoreContract.JOB;
  private static final String AGENT = StoreContract.AGENT;
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;
  private Store one;
  private Store two;

  @BeforeEach
  void connect() {
    one = Store.connect(Postgres.settings(Postgres.database(folder)));
    two = Store.connect(Postgres.settings(Postgres.database(folder)));
    one.execute(tx -> {
      tx.runtimes().create("local", "", List.of(), NOW);
      tx.jobs().create(JOB, StoreContract.definition("hello"), "ann", NOW);
      hello(tx, AGENT);
      hello(tx, StoreContract.OTHER_AGENT);
    });
  }

  @AfterEach
  void disconnect() {
    one.close();
    two.close();
    Postgres.release();
  }

  private static void hello(Tx tx, String key) {
    Hello hello = new Hello("first", 0, 0, StoreContract.node("alpha"));
    tx.agents().hello(key, hello, 255, false, NOW);
  }

  /** Does things at the same time, half of them in each center. */
  private <T> List<T> together(int times, Work<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        Store store = i % 2 == 0 ? one : two;
        int number = i;
        Callable<T> call = () -> work.apply(store, number);
        futures.add(threads.submit(call));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private interface Work<T> {
    T apply(Store store, int number);
  }

  @Test
  void a_name_is_given_once_however_many_ask_for_it() throws Exception {
    List<Jobs.Written> written =
        together(
            12,
            (store, i) ->
                store.<Jobs.Written>write(tx ->
                    tx.jobs()
                        .create(
                            "%024x".formatted(i), StoreContract.definition("same"), "ann", NOW)));

    assertThat(written).filteredOn(w -> w instanceof Jobs.Written.Done).hasSize(1);
    assertThat(written).filteredOn(w -> w instanceof Jobs.Written.NameTaken).hasSize(11);
  }

  @Test
  void of_changes_that_are_based_on_one_version_one_is_made() throws Exception {
    List<Jobs.Written> written =
        together(
            12,
            (store, i) ->
                store.<Jobs.Written>write(
                    tx -> tx.jobs().change(JOB, 1, StoreContract.definition("v" + i), "ann", NOW)));

    assertThat(written).filteredOn(w -> w instanceof Jobs.Written.Done).hasSize(1);
    assertThat(written).filteredOn(w -> w instanceof Jobs.Written.Stale).hasSize(11);
  }

  @Test
  void a_job_is_given_to_one_agent_and_a_change_meanwhile_reaches_it() throws Exception {
    List<Boolean> given =
        together(
            13,
            (store, i) ->
                i == 6
                    ? store.<Boolean>write(tx ->
                        tx.jobs().change(JOB, 1, StoreContract.definition("new"), "ann", NOW)
                            == null)
                    : store.<Boolean>write(
                        tx -> tx.assignments().assign(JOB, AGENT, NOW).isPresent()));

    assertThat(given).filteredOn(b -> b).hasSize(1);
    long revision = one.<Long>read(tx -> tx.agents().find(AGENT).orElseThrow().revision());
    HandOut handOut =
        one.<HandOut>write(
            tx -> tx.assignments().handOut(AGENT, StoreContract.asking(OptionalLong.of(1))));
    assertThat(handOut).isInstanceOf(HandOut.Current.class);
    assertThat(((HandOut.Current) handOut).set().jobs().getFirst().definition().name())
        .isEqualTo("new");
    assertThat(revision).isBetween(2L, 3L);
  }

  @Test
  void a_lease_and_a_fence_never_both_succeed() throws Exception {
    one.execute(tx -> tx.assignments().assign(JOB, AGENT, NOW));
    for (int round = 0; round < 10; round++) {
      Postgres.execute(
          Postgres.database(folder),
          "UPDATE agent SET leaseuntil = 0, fencedat = NULL, acknowledged = revision");
      List<Boolean> done =
          together(
              2,
              (store, i) ->
                  i == 0
                      ? store.<Boolean>write(tx ->
                          tx.agents().fence(AGENT, Instant.EPOCH, SECOND, 0)
                              instanceof Agents.Fencing.Fenced)
                      : store.<Boolean>write(tx ->
                          tx.agents()
                                  .lease(AGENT, new LeaseRequest("first", 0, null), SECOND, SECOND)
                              instanceof Agents.Lease.Granted));
      assertThat(done).containsOnlyOnce(true);
    }
  }

  @Test
  void a_claim_has_one_holder() throws Exception {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      claims.add(new Claim(JOB, StoreContract.at(i)));
    }
    List<List<Boolean>> granted =
        together(
            8,
            (store, i) -> {
              List<Claim> mine = i % 2 == 0 ? claims : claims.reversed();
              List<Boolean> answer =
                  store.<List<Boolean>>write(tx -> tx.claims().claim("agent" + i, mine, NOW));
              return i % 2 == 0 ? answer : answer.reversed();
            });

    for (int claim = 0; claim < claims.size(); claim++) {
      int number = claim;
      assertThat(granted).filteredOn(answer -> answer.get(number)).hasSize(1);
    }
  }

  @Test
  void reports_of_one_agent_through_two_centers_count_once() throws Exception {
    one.execute(tx -> tx.assignments().assign(JOB, AGENT, NOW));
    List<Report> reports = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      Instant at = StoreContract.at(i);
      reports.add(new Report(2L * i, Facts.granted(at)));
      reports.add(new Report(2L * i + 1, Facts.ended(at, RunState.SUCCEEDED, "")));
    }
    ReportBatch batch = new ReportBatch("first", reports, List.of());
    together(
        6, (store, i) -> store.<Reports.Outcome>write(tx -> tx.reports().apply(AGENT, batch, NOW)));

    assertThat(one.<List<Instant>>read(tx -> tx.ledger().ran(JOB, NOW, StoreContract.at(1000))))
        .hasSize(100);
  }

  @Test
  void agents_that_report_on_the_same_jobs_do_not_hold_each_other_up() throws Exception {
    String other = StoreContract.OTHER_JOB;
    one.execute(tx -> tx.jobs().create(other, StoreContract.definition("other"), "ann", NOW));
    List<String> jobs = List.of(JOB, other);
    List<Reports.Outcome> outcomes =
        together(
            20,
            (store, i) -> {
              String agent = i % 2 == 0 ? AGENT : StoreContract.OTHER_AGENT;
              List<String> order = i % 2 == 0 ? jobs : jobs.reversed();
              List<Report> reports = new ArrayList<>();
              for (String job : order) {
                Fact fault = new Fact.Fault(job, 1, "round " + i);
                Instant at = StoreContract.at(i);
                reports.add(new Report(reports.size() + 10L * i + 1, fault));
                reports.add(
                    new Report(reports.size() + 10L * i + 1, new Fact.Dropped(job, 99, at)));
              }
              return store.<Reports.Outcome>write(tx ->
                  tx.reports().apply(agent, new ReportBatch("first", reports, List.of()), NOW));
            });
    assertThat(outcomes).allMatch(o -> o instanceof Reports.Outcome.Applied);
  }

  @Test
  void a_runtime_is_not_removed_while_a_job_is_put_into_it() throws Exception {
    for (int round = 0; round < 5; round++) {
      String name = "runtime" + round;
      one.execute(tx -> tx.runtimes().create(name, "", List.of(), NOW));
      int number = round;
      together(
          2,
          (store, i) ->
              i == 0
                  ? store.<Object>write(tx -> tx.runtimes().remove(name, NOW))
                  : store.<Object>write(
                      tx -> tx.jobs().create("%024x".formatted(number), in(name), "ann", NOW)));
      boolean there = one.<Boolean>read(tx -> tx.runtimes().find(name).isPresent());
      long jobs = one.<Long>read(tx -> tx.jobs().count(Scope.EVERYTHING, name));
      assertThat(jobs).isEqualTo(there ? 1 : 0);
    }
  }

  private static JobDefinition in(String runtime) {
    JobDefinition d = StoreContract.definition("hello");
    return new JobDefinition(
        runtime,
        d.group(),
        d.name(),
        d.command(),
        d.filename(),
        d.env(),
        d.timeout(),
        d.servers(),
        d.enabled(),
        d.overlap(),
        d.missed(),
        d.startdeadline(),
        d.guarantee(),
        d.ondisconnect(),
        d.timezone(),
        d.schedules(),
        d.description());
  }

  @Test
  void administrators_who_remove_each_other_at_once_leave_one() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<String> names = List.of("ann" + round, "bob" + round);
      one.execute(tx -> {
        names.forEach(name -> tx.accounts().create(administrator(name), ""));
        tx.accounts().list().stream()
            .map(AccountRow::name)
            .filter(name -> !names.contains(name))
            .forEach(name -> tx.accounts().remove(name));
      });
      List<Accounts.Change> changes =
          together(
              2,
              (store, i) -> store.<Accounts.Change>write(tx -> tx.accounts().remove(names.get(i))));

      assertThat(changes)
          .containsExactlyInAnyOrder(Accounts.Change.DONE, Accounts.Change.LAST_ADMINISTRATOR);
    }
  }

  private static AccountRow administrator(String name) {
    return new AccountRow(name, "", "", Set.of(GrantRow.ADMIN), true, false, NOW, null);
  }

  @Test
  void tries_to_sign_in_are_counted_however_many_come_at_once() throws Exception {
    List<Integer> numbers =
        together(
            30,
            (store, i) ->
                store.<Integer>write(
                    tx -> tx.logins().count("ann", NOW, Duration.ofMinutes(5)).number()));

    assertThat(numbers).doesNotHaveDuplicates().hasSize(30);
  }

  @Test
  void a_leader_that_freezes_in_the_middle_of_a_plan_loses_it() throws Exception {
    long first = one.<Long>write(tx -> tx.leadership().take("center-1", NOW));
    CountDownLatch frozen = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> leader =
          threads.submit(() ->
              one.execute(tx -> {
                if (!tx.leadership().holds(first)) {
                  return;
                }
                frozen.countDown();
                await(woken);
                tx.assignments().assign(JOB, AGENT, NOW);
              }));
      frozen.await();
      long second = two.<Long>write(tx -> tx.leadership().take("center-2", NOW));
      woken.countDown();

      leader.get();
      assertThat(second).isEqualTo(first + 1);
      assertThat(two.<List<Assignments.Holding>>read(tx -> tx.assignments().open())).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_transaction_that_always_collides_gives_up_and_says_so() {
    assertThatThrownBy(() ->
            one.execute(tx -> {
              throw new TryAgainException("again and again");
            }))
        .hasMessageContaining("again and again");
  }

  @Test
  void text_that_the_database_can_not_keep_is_kept_without_what_it_can_not() {
    one.execute(tx -> tx.assignments().assign(JOB, AGENT, NOW));
    Fact fault = new Fact.Fault(JOB, 1, "a\0b");
    ReportBatch batch = new ReportBatch("first", List.of(new Report(1, fault)), List.of());
    one.execute(tx -> tx.reports().apply(AGENT, batch, NOW));

    assertThat(one.<JobRow>read(tx -> tx.jobs().find(JOB).orElseThrow()).execerr())
        .isEqualTo("a\ufffdb");
  }
}
