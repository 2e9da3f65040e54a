package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.RuntimeView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code runtime ...}: the named clusters of hosts that jobs run in. */
@Command(name = "runtime", description = "See the clusters of hosts that jobs run in.")
final class RuntimeCommands {
  private static final String RUNTIMES = "/api/v1/runtimes";

  private final Session session;

  RuntimeCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List runtimes.")
  void list() throws Failure {
    List<RuntimeView> runtimes = session.api().list(RUNTIMES, RuntimeView.class);
    if (session.json()) {
      session.printJson(runtimes);
      return;
    }
    Table table =
        new Table(
            Column.of("RUNTIME").cutTo(16),
            Column.of("JOBS"),
            Column.of("AGENTS"),
            Column.of("ONLINE"),
            Column.of("HOSTS").cutTo(12),
            Column.of("DESCRIPTION").cutTo(16).spare(1));
    for (RuntimeView runtime : runtimes) {
      table.add(
          runtime.name(),
          Long.toString(runtime.jobs()),
          Integer.toString(runtime.agents().size()),
          Long.toString(runtime.agents().stream().filter(AgentView::online).count()),
          hosts(runtime),
          runtime.description());
    }
    session.print(table, "runtimes");
  }

  @Command(description = "Show a runtime and its agents.")
  void show(@Parameters(paramLabel = "NAME", description = "Of the runtime.") String name)
      throws Failure {
    RuntimeView runtime = session.api().get(RUNTIMES + "/" + Api.segment(name), RuntimeView.class);
    if (session.json()) {
      session.printJson(runtime);
      return;
    }
    session.field("runtime", runtime.name());
    if (!runtime.description().isEmpty()) {
      session.field("description", runtime.description());
    }
    session.field("hosts", hosts(runtime));
    session.field("jobs", Long.toString(runtime.jobs()));
    session.say("");
    session.print(AgentCommands.table(runtime.agents(), session), "agents");
  }

  private static String hosts(RuntimeView runtime) {
    return runtime.servers().isEmpty() ? "any" : String.join(", ", runtime.servers());
  }
}
