package io.cloudtask.center.accounts;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Query;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.AuditView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.store.Audit;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.AuditSearch;
import java.util.List;

/** The record of who did what, for administrators: it shows from where people come. */
final class AuditRoutes {
  private final AccessRoutes.Parts parts;

  AuditRoutes(AccessRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(Routes.get("/api/v1/audit").allow(Role.ADMIN).handle(this::search));
  }

  private Reply search(Call call) {
    Query query = call.query();
    AuditSearch search =
        new AuditSearch(
            query.text("who").orElse(null),
            query.text("what").orElse(null),
            query.text("object").orElse(null),
            query.text("text").orElse(null),
            query.instant("from").orElse(null),
            query.instant("to").orElse(null));
    int limit = (int) query.number("limit", 1, 1000, 100);
    String after = query.text("after").orElse(null);
    Page<Audit.Entry> page = parts.store().read(tx -> tx.audit().search(search, limit, after));
    return Reply.ok(new Page<>(page.items().stream().map(AuditRoutes::view).toList(), page.next()));
  }

  private static AuditView view(Audit.Entry entry) {
    AuditRow row = entry.row();
    return new AuditView(
        entry.id(), row.at(), row.who(), row.what(), row.object(), row.detail(), row.origin());
  }
}
