package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.CenterView;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code center list}: the processes that serve requests, one of which leads. */
@Command(name = "center", description = "See the centers, and which one leads.")
final class CenterCommands {
  private final Session session;

  CenterCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List centers that are signed in.")
  void list() throws Failure {
    List<CenterView> centers = session.api().list("/api/v1/centers", CenterView.class);
    if (session.json()) {
      session.printJson(centers);
      return;
    }
    Table table =
        new Table(
            Column.of("CENTER").spare(2),
            Column.of("HOST").cutTo(12),
            Column.of("ROLE"),
            Column.of("SINCE").spare(1),
            Column.of("ADDRESS"));
    for (CenterView center : centers) {
      table.add(
          center.key(),
          center.hostname(),
          center.leader() ? "leader, epoch " + center.epoch() : "standby",
          session.time(center.since()),
          center.problem() == null ? center.apiaddr() : center.problem());
    }
    session.print(table, "centers");
  }
}
