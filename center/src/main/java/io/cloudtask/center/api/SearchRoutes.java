package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.AssignmentView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds things, and says which agent has which job. */
final class SearchRoutes {
  private static final int EACH = 8;
  private static final int MOST = 20;

  private final ApiRoutes.Parts parts;

  SearchRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/search").allow(Role.readers()).scoped().handle(this::search),
        Routes.get("/api/v1/runtimes/{runtime}/assignments")
            .allow(Role.readers())
            .scoped()
            .handle(this::assignments));
  }

  private Reply search(Call call) {
    String text = call.query().text("text").orElse("").strip();
    if (text.isEmpty()) {
      return Reply.ok(List.of());
    }
    List<Overviews.Hit> hits =
        parts.store().read(tx -> tx.overviews().search(call.scope(), text, EACH));
    return Reply.ok(hits.stream().limit(MOST).map(SearchRoutes::shown).toList());
  }

  /** The state of a run is a word of ours there, not of the store. */
  private static Overviews.Hit shown(Overviews.Hit hit) {
    return hit.kind().equals("run")
        ? new Overviews.Hit(hit.kind(), hit.id(), hit.name(), hit.where().toLowerCase(Locale.ROOT))
        : hit;
  }

  private Reply assignments(Call call) {
    return parts
        .store()
        .read(tx -> {
          String runtime = RuntimeRoutes.find(tx, call).name();
          return Reply.ok(assignments(tx, call.scope(), runtime));
        });
  }

  private static List<AssignmentView> assignments(Tx tx, Scope scope, String runtime) {
    Map<String, String> hosts =
        tx.agents().list(null).stream()
            .collect(Collectors.toMap(AgentRow::key, agent -> agent.node().hostname()));
    return tx.overviews().assignments(scope, runtime).stream()
        .map(held -> view(held, hosts))
        .toList();
  }

  private static AssignmentView view(Overviews.Held held, Map<String, String> hosts) {
    String key = held.agentkey();
    return new AssignmentView(
        held.jobid(),
        held.name(),
        held.group(),
        key,
        key == null ? null : hosts.getOrDefault(key, key),
        held.since(),
        held.unplaced());
  }
}
