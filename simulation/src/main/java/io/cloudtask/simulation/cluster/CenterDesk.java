package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.center.exchange.Exchange;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.store.Agents.Greeting;
import io.cloudtask.store.Agents.Lease;
import io.cloudtask.store.HandOut;
import io.cloudtask.store.Reports.Outcome;
import io.cloudtask.store.StoreException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a center serves agents: its outcomes in the words of HTTP, as its routes put them. */
final class CenterDesk {
  private final Exchange exchange;
  private final Center center;
  private final Life life;

  CenterDesk(Exchange exchange, Center center, Life life) {
    this.exchange = exchange;
    this.center = center;
    this.life = life;
  }

  private <T> T serve(String what, String key, Supplier<T> work) throws IOException {
    try {
      T outcome = work.get();
      if (life.timeline().trace().heard()) {
        life.timeline().trace().say(life.name(), "%s of %s: %s", what, key, Brief.of(outcome));
      }
      return outcome;
    } catch (StoreException e) {
      throw new IOException("it answered 500: " + e.getMessage(), e);
    }
  }

  private static <T> Answer<T> refused(String code) {
    return new Answer.Refused<>(409, code, code);
  }

  Answer<Welcome> hello(String key, Hello hello) throws IOException {
    Greeting greeting = serve("hello", key, () -> exchange.hello(key, hello));
    if (greeting instanceof Greeting.Welcomed(long applied, long revision)) {
      center.changed(Set.of(key));
      center.gaveBack();
      return new Answer.Done<>(new Welcome(applied, revision));
    }
    return refused(greeting.toString());
  }

  Answer<JobSet> jobs(String key, @Nullable String incarnation, long held) throws IOException {
    HandOut handed =
        serve("set", key, () -> exchange.jobs(key, incarnation, OptionalLong.of(held)));
    return switch (handed) {
      case HandOut.Current(JobSet set) -> new Answer.Done<>(set);
      case HandOut.Unchanged _ -> new Answer.Unchanged<>();
      case HandOut.OtherIncarnation _ -> refused("other-incarnation");
      case HandOut.UnknownAgent _ -> refused("unknown-agent");
    };
  }

  Answer<LeaseAnswer> lease(String key, LeaseRequest request) throws IOException {
    return switch (serve("lease", key, () -> exchange.lease(key, request))) {
      case Lease.Granted(LeaseAnswer answer) -> new Answer.Done<>(answer);
      case Lease.Fenced _ -> refused("fenced");
      case Lease.OtherIncarnation _ -> refused("other-incarnation");
      case Lease.UnknownAgent _ -> refused("unknown-agent");
    };
  }

  Answer<ClaimAnswer> claims(String key, ClaimRequest request) throws IOException {
    return switch (serve("claims", key, () -> exchange.claims(key, request))) {
      case Exchange.Claiming.Answered(ClaimAnswer answer) -> new Answer.Done<>(answer);
      case Exchange.Claiming.OtherIncarnation _ -> refused("other-incarnation");
      case Exchange.Claiming.UnknownAgent _ -> refused("unknown-agent");
    };
  }

  Answer<ReportAck> reports(String key, ReportBatch batch) throws IOException {
    Outcome outcome = serve("reports", key, () -> exchange.reports(key, batch));
    if (outcome instanceof Outcome.Applied applied) {
      if (batch.reports().stream().anyMatch(r -> r.fact() instanceof Fact.Dropped)) {
        center.gaveBack();
      }
      return new Answer.Done<>(new ReportAck(applied.sequence()));
    }
    return refused(outcome.toString());
  }
}
