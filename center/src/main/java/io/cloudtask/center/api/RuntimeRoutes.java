package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.jobs.Names;
import io.cloudtask.model.rest.RuntimeChange;
import io.cloudtask.model.rest.RuntimeView;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Runtimes.Removal;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runtimes: looked at, made, changed and removed. */
final class RuntimeRoutes {
  private static final String RUNTIME = "/api/v1/runtimes/{runtime}";
  private static final int MOST_SERVERS = 10_000;
  private static final int LONGEST_TEXT = 4096;
  private static final Duration LONGEST_AUTONOMY = Duration.ofDays(1);

  private final ApiRoutes.Parts parts;

  RuntimeRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/runtimes").allow(Role.readers()).scoped().handle(this::list),
        Routes.get(RUNTIME).allow(Role.readers()).scoped().handle(this::show),
        Routes.put(RUNTIME).allow(Role.ADMIN).handle(this::put),
        Routes.delete(RUNTIME).allow(Role.ADMIN).handle(this::remove));
  }

  private Reply list(Call call) {
    Scope scope = call.scope();
    return Reply.ok(
        parts
            .store()
            .read(tx ->
                tx.runtimes().list().stream()
                    .filter(row -> scope.touches(row.name()))
                    .map(row -> view(tx, scope, row))
                    .toList()));
  }

  private Reply show(Call call) {
    return Reply.ok(parts.store().read(tx -> view(tx, call.scope(), find(tx, call))));
  }

  /**
   * The runtime that a call names; whoever may see a part of it may see it.
   *
   * @throws RefusedException when there is none for the caller
   */
  static RuntimeRow find(Tx tx, Call call) {
    String name = call.path("runtime");
    return tx.runtimes()
        .find(name)
        .filter(row -> call.scope().touches(row.name()))
        .orElseThrow(() -> new RefusedException(unknown(name)));
  }

  private static Refusal unknown(String name) {
    return Refusal.notFound("there is no runtime called " + name);
  }

  private static RuntimeView view(Tx tx, Scope scope, RuntimeRow row) {
    return new RuntimeView(
        row.name(),
        row.description(),
        row.servers(),
        row.autonomy().toSeconds(),
        tx.jobs().count(scope, row.name()),
        tx.agents().views(scope, row.name()));
  }

  private Reply put(Call call) {
    String name = call.path("runtime");
    require(Names.isPlain(name), "name", "is no name; " + Names.PLAIN_RULE);
    RuntimeChange change = call.json(RuntimeChange.class);
    check(change);
    record Written(boolean made, RuntimeView view) {}
    Written written =
        parts
            .store()
            .write(tx -> {
              boolean made = write(tx, name, change);
              audit(tx, call, made ? "runtime.create" : "runtime.change", name);
              return new Written(
                  made, view(tx, call.scope(), tx.runtimes().find(name).orElseThrow()));
            });
    parts.effects().jobsChanged(Set.of());
    return Reply.json(written.made() ? 201 : 200, written.view());
  }

  private static void check(RuntimeChange change) {
    String description = change.description();
    require(
        description == null || description.length() <= LONGEST_TEXT,
        "description",
        "is longer than " + LONGEST_TEXT + " characters");
    Long autonomy = change.autonomy();
    require(
        autonomy == null || (autonomy >= 0 && autonomy <= LONGEST_AUTONOMY.toSeconds()),
        "autonomy",
        "is not 0 to " + LONGEST_AUTONOMY.toSeconds() + " seconds");
    List<String> servers = change.servers();
    if (servers != null) {
      require(servers.size() <= MOST_SERVERS, "servers", "are more than " + MOST_SERVERS);
      for (int i = 0; i < servers.size(); i++) {
        require(Names.isHost(servers.get(i)), "servers[" + i + ']', "is not an ip or a host name");
      }
    }
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }

  private boolean write(Tx tx, String name, RuntimeChange change) {
    Optional<RuntimeRow> before = tx.runtimes().find(name);
    Instant now = parts.clock().instant();
    if (before.isEmpty()) {
      tx.runtimes().create(name, "", List.of(), now);
    }
    RuntimeRow row = tx.runtimes().find(name).orElseThrow();
    Long autonomy = change.autonomy();
    String description = change.description();
    List<String> servers = change.servers();
    tx.runtimes()
        .change(
            name,
            description == null ? row.description() : description,
            servers == null ? row.servers() : servers,
            autonomy == null ? row.autonomy() : Duration.ofSeconds(autonomy));
    return before.isEmpty();
  }

  private Reply remove(Call call) {
    String name = call.path("runtime");
    Removal removal =
        parts
            .store()
            .write(tx -> {
              Removal done = tx.runtimes().remove(name, parts.clock().instant());
              if (done instanceof Removal.Done) {
                audit(tx, call, "runtime.remove", name);
              }
              return done;
            });
    return switch (removal) {
      case Removal.Done() -> Reply.empty(204);
      case Removal.Unknown() -> Reply.refused(unknown(name));
      case Removal.NotEmpty(long jobs, long online) ->
          Reply.refused(
              Refusal.conflict(
                  "not-empty",
                  "the runtime %s has %d jobs and %d agents that are online; remove or move them first"
                      .formatted(name, jobs, online)));
    };
  }

  private void audit(Tx tx, Call call, String what, String name) {
    tx.audit().add(call.audit(parts.clock().instant(), what, name, ""));
  }
}
