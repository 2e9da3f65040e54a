package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Agents.Lease;
import io.cloudtask.store.Store;
import java.util.List;
import java.util.Optional;

/** What agents have to ask for before they start something. Thread-safe. */
public final class LeaseRoutes {
  private final Store store;
  private final Terms terms;

  public LeaseRoutes(Store store, Terms terms) {
    this.store = store;
    this.terms = terms;
  }

  public List<Route> routes() {
    return List.of(
        Routes.post(ExchangeRoutes.AGENT + "/lease").allow(Role.CLUSTER).handle(this::lease),
        Routes.post(ExchangeRoutes.AGENT + "/claims").allow(Role.CLUSTER).handle(this::claims));
  }

  private Reply lease(Call call) {
    String key = call.path("key");
    LeaseRequest request = call.json(LeaseRequest.class);
    BatchCheck.check(request);
    Lease lease = store.write(tx -> tx.agents().lease(key, request, terms.lease(), terms.skew()));
    return switch (lease) {
      case Lease.Granted(LeaseAnswer answer) -> Reply.ok(answer);
      case Lease.Fenced() ->
          ExchangeRoutes.conflict(
              "fenced",
              "this agent was taken for dead, and its jobs were given to others; it has to ask for"
                  + " its set first");
      case Lease.OtherIncarnation(String incarnation) ->
          ExchangeRoutes.otherIncarnation(incarnation);
      case Lease.UnknownAgent() -> ExchangeRoutes.unknownAgent();
    };
  }

  private Reply claims(Call call) {
    String key = call.path("key");
    ClaimRequest request = call.json(ClaimRequest.class);
    BatchCheck.check(request);
    return store.write(tx -> {
      Optional<AgentRow> agent = tx.agents().find(key);
      if (agent.isEmpty()) {
        return ExchangeRoutes.unknownAgent();
      }
      String incarnation = agent.get().incarnation();
      return incarnation.equals(request.incarnation())
          ? Reply.ok(new ClaimAnswer(tx.claims().claim(key, request.claims(), tx.now())))
          : ExchangeRoutes.otherIncarnation(incarnation);
    });
  }
}
