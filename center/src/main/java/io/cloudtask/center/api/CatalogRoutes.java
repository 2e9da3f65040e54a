package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.RuntimeView;
import io.cloudtask.model.rest.VersionView;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Tx;
import java.util.List;
import java.util.Optional;

/** Packages, runtimes, agents, and the program itself. */
final class CatalogRoutes {
  private final ApiRoutes.Parts parts;

  CatalogRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/version")
            .allow(Role.readers())
            .allow(Role.CLUSTER)
            .loopback()
            .handle(call -> Reply.ok(version())),
        Routes.get("/api/v1/packages").allow(Role.readers()).handle(this::packages),
        Routes.get("/api/v1/runtimes").allow(Role.readers()).handle(this::runtimes),
        Routes.get("/api/v1/runtimes/{runtime}").allow(Role.readers()).handle(this::runtime),
        Routes.get("/api/v1/agents").allow(Role.readers()).handle(this::agents),
        Routes.get("/api/v1/agents/{key}").allow(Role.readers()).handle(this::agent));
  }

  private static VersionView version() {
    String version = CatalogRoutes.class.getPackage().getImplementationVersion();
    return new VersionView("Cloudtask", version == null ? "development" : version);
  }

  private Reply packages(Call call) {
    return Reply.ok(parts.store().read(tx -> tx.packages().list()));
  }

  private Reply runtimes(Call call) {
    return Reply.ok(
        parts.store().read(tx -> tx.runtimes().list().stream().map(row -> view(tx, row)).toList()));
  }

  private Reply runtime(Call call) {
    String name = call.path("runtime");
    Optional<RuntimeView> view =
        parts.store().read(tx -> tx.runtimes().find(name).map(row -> view(tx, row)));
    return view.map(Reply::ok)
        .orElseGet(() -> Reply.refused(Refusal.notFound("there is no runtime called " + name)));
  }

  private static RuntimeView view(Tx tx, RuntimeRow row) {
    return new RuntimeView(
        row.name(),
        row.description(),
        row.servers(),
        row.autonomy().toSeconds(),
        tx.jobs().count(row.name()),
        tx.agents().views(row.name()));
  }

  private Reply agents(Call call) {
    return Reply.ok(parts.store().read(tx -> tx.agents().views(null)));
  }

  private Reply agent(Call call) {
    Optional<AgentView> view = parts.store().read(tx -> tx.agents().view(call.path("key")));
    return view.map(Reply::ok)
        .orElseGet(() -> Reply.refused(Refusal.notFound("there is no agent " + call.path("key"))));
  }
}
