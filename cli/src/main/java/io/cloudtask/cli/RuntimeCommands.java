package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.OwnersView;
import io.cloudtask.model.rest.RuntimeChange;
import io.cloudtask.model.rest.RuntimeView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runtime ...}: the named clusters of hosts that jobs run in. */
@Command(name = "runtime", description = "See and define the clusters of hosts that jobs run in.")
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
    RuntimeView runtime = session.api().get(path(name), RuntimeView.class);
    if (session.json()) {
      session.printJson(runtime);
      return;
    }
    session.field("runtime", runtime.name());
    if (!runtime.description().isEmpty()) {
      session.field("description", runtime.description());
    }
    session.field("hosts", hosts(runtime));
    session.field("autonomy", DurationArgument.of(runtime.autonomy()));
    session.field("jobs", Long.toString(runtime.jobs()));
    session.say("");
    session.print(AgentCommands.table(runtime.agents(), session), "agents");
  }

  @Command(description = "Make a runtime, or change what is named of it.")
  void set(
      @Parameters(paramLabel = "NAME", description = "Of the runtime.") String name,
      @Option(
              names = "--server",
              paramLabel = "HOST",
              description = "An ip or name that may join; may be repeated. Replaces the list.")
          @Nullable List<String> servers,
      @Option(names = "--any-server", description = "Any host may join.") boolean any,
      @Option(
              names = "--autonomy",
              paramLabel = "TIME",
              description = {
                "For how long its agents fire on when they are cut off from everything, for"
                    + " example",
                "30s; a failover takes that much longer. 0 for none."
              })
          @Nullable String autonomy,
      @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
          @Nullable String description)
      throws Failure {
    if (any && servers != null) {
      throw Failure.usage("runtime set: give either --server or --any-server", null);
    }
    RuntimeChange change =
        new RuntimeChange(description, any ? List.of() : servers, seconds(autonomy));
    String body = Json.MAPPER.writeValueAsString(change);
    RuntimeView runtime =
        session.api().put(path(name), "application/json", body, RuntimeView.class);
    if (session.json()) {
      session.printJson(runtime);
    } else {
      session.say(
          "runtime "
              + Text.line(runtime.name())
              + ": hosts "
              + hosts(runtime)
              + ", autonomy "
              + DurationArgument.of(runtime.autonomy()));
    }
  }

  private static @Nullable Long seconds(@Nullable String autonomy) throws Failure {
    try {
      return autonomy == null ? null : DurationArgument.parse(autonomy).toSeconds();
    } catch (IllegalArgumentException e) {
      throw Failure.usage("runtime set: --autonomy: " + e.getMessage(), e);
    }
  }

  @Command(description = "Show who owns a runtime and its groups, or say who does.")
  void owners(
      @Parameters(paramLabel = "NAME", description = "Of the runtime.") String name,
      @Option(
              names = "--group",
              paramLabel = "GROUP",
              description = "Says who owns this group of it, and not the whole runtime.")
          @Nullable String group,
      @Option(
              names = "--owner",
              paramLabel = "USER",
              description = "Owns it from now on; may be repeated. All others do not any more.")
          @Nullable List<String> owners,
      @Option(names = "--nobody", description = "Nobody owns it from now on.") boolean nobody)
      throws Failure {
    if (nobody && owners != null) {
      throw Failure.usage("runtime owners: give either --owner or --nobody", null);
    }
    if (group != null && owners == null && !nobody) {
      throw Failure.usage("runtime owners: --group goes with --owner or --nobody", null);
    }
    String path = path(name) + "/owners";
    OwnersView[] all;
    if (nobody || owners != null) {
      OwnersView wanted = new OwnersView(group, owners == null ? List.of() : owners);
      String body = Json.MAPPER.writeValueAsString(wanted);
      all = session.api().put(path, "application/json", body, OwnersView[].class);
    } else {
      all = session.api().get(path, OwnersView[].class);
    }
    if (session.json()) {
      session.printJson(all);
      return;
    }
    Table table = new Table(Column.of("GROUP").cutTo(16), Column.of("OWNERS").cutTo(16).spare(1));
    for (OwnersView each : all) {
      String place = each.group() == null ? "(the runtime)" : each.group();
      table.add(place, each.owners().isEmpty() ? "nobody" : String.join(", ", each.owners()));
    }
    session.print(table, "groups");
  }

  @Command(description = "Delete a runtime that has no jobs and no agents.")
  void delete(@Parameters(paramLabel = "NAME", description = "Of the runtime.") String name)
      throws Failure {
    session.api().delete(path(name));
    if (session.json()) {
      session.printJson(Map.of("runtime", name, "done", "deleted"));
    } else {
      session.say("deleted " + Text.line(name));
    }
  }

  private static String path(String name) {
    return RUNTIMES + "/" + Api.segment(name);
  }

  private static String hosts(RuntimeView runtime) {
    return runtime.servers().isEmpty() ? "any" : String.join(", ", runtime.servers());
  }
}
