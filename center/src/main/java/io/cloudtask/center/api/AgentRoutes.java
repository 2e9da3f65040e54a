package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.allocate.Survey;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.DrainRequest;
import io.cloudtask.model.rest.DrainView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Agents.Fencing;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Agents: looked at, drained, and given up. */
final class AgentRoutes {
  private static final String AGENT = "/api/v1/agents/{key}";

  private final ApiRoutes.Parts parts;

  AgentRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/agents").allow(Role.readers()).scoped().handle(this::list),
        Routes.get(AGENT).allow(Role.readers()).scoped().handle(this::show),
        Routes.post(AGENT + "/drain").allow(Role.ADMIN).handle(this::drain),
        Routes.delete(AGENT + "/drain").allow(Role.ADMIN).handle(this::undrain),
        Routes.post(AGENT + "/retire").allow(Role.ADMIN).handle(this::retire));
  }

  private Reply list(Call call) {
    return Reply.ok(parts.store().read(tx -> tx.agents().views(call.scope(), null)));
  }

  private Reply show(Call call) {
    return Reply.ok(view(call, call.path("key")));
  }

  /** Whoever may see a part of its runtime may see an agent. */
  private AgentView view(Call call, String key) {
    return parts
        .store()
        .read(tx -> tx.agents().view(key))
        .filter(agent -> call.scope().touches(agent.runtime()))
        .orElseThrow(() -> unknown(key));
  }

  private static RefusedException unknown(String key) {
    return new RefusedException(Refusal.notFound("there is no agent " + key));
  }

  private static AgentRow find(Tx tx, String key) {
    return tx.agents().find(key).orElseThrow(() -> unknown(key));
  }

  private Reply drain(Call call) {
    String key = call.path("key");
    boolean preview = call.json(DrainRequest.class).preview();
    DrainView view =
        parts
            .store()
            .read(tx ->
                Drains.view(
                    tx,
                    find(tx, key),
                    Survey.read(tx, parts.cluster().settings().mode(), Set.of()),
                    preview));
    if (!preview) {
      draining(call, key, true);
    }
    return Reply.ok(view);
  }

  private Reply undrain(Call call) {
    String key = call.path("key");
    draining(call, key, false);
    return Reply.ok(view(call, key));
  }

  private void draining(Call call, String key, boolean on) {
    parts
        .store()
        .execute(tx -> {
          AgentRow agent = find(tx, key);
          if (agent.standing().draining() != on) {
            tx.agents().draining(key, on);
            audit(tx, call, on ? "agent.drain" : "agent.undrain", agent);
          }
        });
    parts.effects().jobsChanged(Set.of());
  }

  private Reply retire(Call call) {
    String key = call.path("key");
    AgentRow agent = parts.store().read(tx -> find(tx, key));
    OptionalLong raised;
    try {
      raised = parts.cluster().coordinator().fence(key, agent.revision());
    } catch (CoordinationException e) {
      return Reply.away("coordinator", e.getMessage());
    }
    if (raised.isEmpty()) {
      return lives(agent);
    }
    long published = raised.getAsLong();
    Fencing done = parts.store().write(tx -> retire(tx, call, agent, published));
    if (done instanceof Fencing.StillLeased) {
      return lives(agent);
    }
    parts.effects().jobsChanged(Set.of());
    return Reply.ok(view(call, key));
  }

  private Fencing retire(Tx tx, Call call, AgentRow agent, long published) {
    Duration autonomy =
        tx.runtimes().find(agent.runtime()).map(RuntimeRow::autonomy).orElse(Duration.ZERO);
    Duration allowance = parts.cluster().settings().skew().plus(autonomy);
    Fencing done =
        tx.agents().retire(agent.key(), agent.standing().leaseuntil(), allowance, published);
    if (done instanceof Fencing.Fenced) {
      audit(tx, call, "agent.retire", agent);
    }
    return done;
  }

  private static Reply lives(AgentRow agent) {
    return Reply.refused(
        Refusal.conflict(
            "agent-lives",
            agent.node().hostname()
                + " is there, and would go on with its jobs; drain it, or stop it first"));
  }

  private void audit(Tx tx, Call call, String what, AgentRow agent) {
    String hostname = agent.node().hostname();
    tx.audit().add(call.audit(parts.clock().instant(), what, agent.key(), hostname));
  }
}
