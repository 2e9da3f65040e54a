package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.DrainView;

/** What draining an agent moves, as people read it. */
final class DrainPage {
  private DrainPage() {}

  static void show(DrainView drain, Session session) {
    long moving = drain.moves().stream().filter(move -> move.to() != null).count();
    long staying = drain.moves().size() - moving;
    Table table =
        new Table(
            Column.of("JOB").spare(2),
            Column.of("NAME").cutTo(20),
            Column.of("TO").cutTo(12),
            Column.of("BECAUSE").cutTo(24).spare(1));
    for (DrainView.Move move : drain.moves()) {
      String to = move.to() == null ? "stays" : move.hostname();
      table.add(move.jobid(), move.name(), to, move.reason());
    }
    if (!table.isEmpty()) {
      session.print(table, "jobs");
    }
    session.say(
        Text.line(drain.hostname())
            + (drain.preview() ? ": " : " is being drained: ")
            + moving
            + " of its jobs "
            + (drain.preview() ? "would move" : "move, each when no run of it is going")
            + (staying == 0 ? "" : ", " + staying + " have nowhere to go and stay")
            + (drain.preview() ? "; nothing was changed" : ""));
  }
}
