package io.cloudtask.center.exchange;

import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.Agents.Lease;
import io.cloudtask.store.Assignments.Asking;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Reports.Outcome;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a center does with the calls of agents, each in one transaction; what was said is well
 * formed. Thread-safe.
 */
public final class Exchange {
  /** The outcome of {@link #claims}. */
  public sealed interface Claiming {
    /** Each claim is answered. */
    record Answered(ClaimAnswer answer) implements Claiming {}

    /** Another process with that key said hello since. */
    record OtherIncarnation(String incarnation) implements Claiming {}

    /** It never said hello. */
    record UnknownAgent() implements Claiming {}
  }

  private final Store store;
  private final Terms terms;
  private final BiPredicate<String, Hello> otherLives;
  private final Clock clock;

  /**
   * @param otherLives whether the coordinator knows another living process with the key
   */
  public Exchange(Store store, Terms terms, BiPredicate<String, Hello> otherLives, Clock clock) {
    this.store = store;
    this.terms = terms;
    this.otherLives = otherLives;
    this.clock = clock;
  }

  /** An agent introduces itself. */
  public Greeting hello(String key, Hello hello) {
    int capacity = Capacity.of(hello.node());
    boolean lives = otherLives.test(key, hello);
    Instant now = clock.instant();
    return store.write(tx -> {
      boolean other = lives || otherHasLease(tx, key, hello);
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

  /**
   * An agent asks for its set.
   *
   * @param incarnation null when it does not say
   * @param held the revision that it holds
   */
  public HandOut jobs(String key, @Nullable String incarnation, OptionalLong held) {
    Asking asking = new Asking(incarnation, held, terms.lease(), terms.sole());
    return store.write(tx -> tx.assignments().handOut(key, asking));
  }

  /** An agent tells what happened. */
  public Outcome reports(String key, ReportBatch batch) {
    return store.write(tx -> tx.reports().apply(key, batch, clock.instant()));
  }

  /** An agent asks to be left its jobs for a while. */
  public Lease lease(String key, LeaseRequest request) {
    return store.write(tx -> tx.agents().lease(key, request, terms.lease(), terms.skew()));
  }

  /** An agent asks for the right to start fire times. */
  public Claiming claims(String key, ClaimRequest request) {
    return store.write(tx -> {
      Optional<AgentRow> agent = tx.agents().find(key);
      if (agent.isEmpty()) {
        return new Claiming.UnknownAgent();
      }
      String incarnation = agent.get().incarnation();
      return incarnation.equals(request.incarnation())
          ? new Claiming.Answered(
              new ClaimAnswer(tx.claims().claim(key, request.claims(), tx.now())))
          : new Claiming.OtherIncarnation(incarnation);
    });
  }
}
