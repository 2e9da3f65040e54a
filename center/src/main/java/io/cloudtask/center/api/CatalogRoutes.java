package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.VersionView;
import java.util.List;

/** Packages, and the program itself. */
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
        Routes.get("/api/v1/packages").allow(Role.readers()).handle(this::packages));
  }

  private static VersionView version() {
    String version = CatalogRoutes.class.getPackage().getImplementationVersion();
    return new VersionView("Cloudtask", version == null ? "development" : version);
  }

  private Reply packages(Call call) {
    return Reply.ok(parts.store().read(tx -> tx.packages().list()));
  }
}
