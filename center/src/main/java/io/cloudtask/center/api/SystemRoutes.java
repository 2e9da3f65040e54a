package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.model.rest.CenterView;
import io.cloudtask.model.rest.SystemView;
import io.cloudtask.model.rest.SystemView.Health;
import io.cloudtask.model.rest.SystemView.Setting;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the system is set up, and how it is doing. */
final class SystemRoutes {
  private final ApiRoutes.Parts parts;

  SystemRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(Routes.get("/api/v1/system").allow(Role.ADMIN).handle(this::show));
  }

  private Reply show(Call call) {
    List<Health> health = new ArrayList<>();
    List<CenterView> centers = List.of();
    long before = System.nanoTime();
    Overviews.Sizes sizes = parts.store().read(tx -> tx.overviews().sizes());
    health.add(new Health("store", true, took(before)));
    before = System.nanoTime();
    try {
      centers = CenterRoutes.views(parts);
      health.add(new Health("coordinator", true, took(before)));
      health.add(led(centers));
    } catch (CoordinationException e) {
      health.add(new Health("coordinator", false, String.valueOf(e.getMessage())));
    }
    return Reply.ok(
        new SystemView(
            CatalogRoutes.version().version(),
            settings(),
            health,
            centers,
            new SystemView.Storage(
                sizes.bytes(), sizes.runs(), sizes.jobs(), sizes.packagebytes())));
  }

  private static String words(Retention.Limits kept) {
    return "runs %d days, output %d days and the newest %d runs of each job"
        .formatted(kept.runs().toDays(), kept.outputs().toDays(), kept.outputsPerJob());
  }

  private static Health led(List<CenterView> centers) {
    return centers.stream()
        .filter(CenterView::leader)
        .findFirst()
        .map(leader -> new Health("centers", true, leader.hostname() + " leads"))
        .orElse(new Health("centers", false, "no center leads"));
  }

  private static String took(long since) {
    return "answered in " + Duration.ofNanos(System.nanoTime() - since).toMillis() + " ms";
  }

  private List<Setting> settings() {
    LeadSettings leading = parts.cluster().settings();
    return List.of(
        new Setting("placing", leading.mode().name().toLowerCase(Locale.ROOT)),
        new Setting("recovery", leading.recovery().toSeconds() + " s"),
        new Setting("lease", leading.lease().toSeconds() + " s"),
        new Setting("clock skew", leading.skew().toMillis() + " ms"),
        new Setting("fencing", Boolean.toString(leading.fencing())),
        new Setting("horizon", leading.horizon().toHours() + " h"),
        new Setting("retention", words(leading.retention())),
        new Setting("timezone", parts.clock().getZone().getId()));
  }
}
