package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.Roster;
import io.cloudtask.model.rest.CenterView;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Leadership.LeaderRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who else serves. */
final class CenterRoutes {
  private final ApiRoutes.Parts parts;

  CenterRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(Routes.get("/api/v1/centers").allow(Role.ADMIN).handle(this::list));
  }

  private Reply list(Call call) {
    try {
      return Reply.ok(views(parts));
    } catch (CoordinationException e) {
      return Reply.away("coordinator", e.getMessage());
    }
  }

  /** The centers that are signed in, by host. */
  static List<CenterView> views(ApiRoutes.Parts parts) throws CoordinationException {
    Optional<LeaderRow> leader = parts.store().read(tx -> tx.leadership().current());
    Roster roster = parts.cluster().coordinator().roster(Node.CENTER);
    return Stream.concat(
            roster.members().stream().map(member -> view(member, leader)),
            roster.unreadable().stream().map(center -> view(center, leader)))
        .sorted(Comparator.comparing(CenterView::hostname).thenComparing(CenterView::apiaddr))
        .toList();
  }

  private static CenterView view(Member member, Optional<LeaderRow> leader) {
    long epoch = epoch(member.key(), leader);
    Node node = member.node();
    return new CenterView(
        member.key(),
        node.hostname(),
        node.ipaddr(),
        node.apiaddr(),
        epoch > 0,
        epoch,
        Instant.ofEpochSecond(node.alivestamp()),
        null);
  }

  private static CenterView view(Roster.Unreadable center, Optional<LeaderRow> leader) {
    long epoch = epoch(center.key(), leader);
    return new CenterView(center.key(), "", "", "", epoch > 0, epoch, null, center.reason());
  }

  private static long epoch(String key, Optional<LeaderRow> leader) {
    return leader.filter(row -> row.centerkey().equals(key)).map(LeaderRow::epoch).orElse(0L);
  }
}
