package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.Release;
import io.cloudtask.model.rest.VersionView;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Packages, and the program itself. */
final class CatalogRoutes {
  private static final String DESCRIPTION = "/io/cloudtask/center/openapi.yaml";

  private final ApiRoutes.Parts parts;

  CatalogRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/version")
            .allow(Role.readers())
            .scoped()
            .allow(Role.CLUSTER)
            .loopback()
            .handle(call -> Reply.ok(version())),
        Routes.get("/api/v1/openapi.yaml")
            .allow(Role.readers())
            .scoped()
            .handle(call -> description()),
        Routes.get("/api/v1/packages").allow(Role.readers()).scoped().handle(this::packages));
  }

  static VersionView version() {
    return new VersionView("Cloudtask", Release.of(CatalogRoutes.class));
  }

  private static Reply description() throws IOException {
    try (InputStream text = CatalogRoutes.class.getResourceAsStream(DESCRIPTION)) {
      byte[] bytes =
          Objects.requireNonNull(text, "this program lacks its description").readAllBytes();
      return Reply.bytes("application/yaml; charset=utf-8", bytes);
    }
  }

  private Reply packages(Call call) {
    return Reply.ok(parts.store().read(tx -> tx.packages().list(call.scope())));
  }
}
