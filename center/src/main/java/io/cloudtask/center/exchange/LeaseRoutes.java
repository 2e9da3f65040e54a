package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.exchange.Exchange.Claiming;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.store.Agents.Lease;
import java.util.List;

/** What agents have to ask for before they start something. Thread-safe. */
public final class LeaseRoutes {
  private final Exchange exchange;

  public LeaseRoutes(Exchange exchange) {
    this.exchange = exchange;
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
    return switch (exchange.lease(key, request)) {
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
    return switch (exchange.claims(key, request)) {
      case Claiming.Answered(ClaimAnswer answer) -> Reply.ok(answer);
      case Claiming.OtherIncarnation(String incarnation) ->
          ExchangeRoutes.otherIncarnation(incarnation);
      case Claiming.UnknownAgent() -> ExchangeRoutes.unknownAgent();
    };
  }
}
