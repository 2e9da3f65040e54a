package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.DrainRequest;
import io.cloudtask.model.rest.DrainView;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agent ...}: the processes that run jobs. */
@Command(name = "agent", description = "See the agents that run jobs, and empty them.")
final class AgentCommands {
  private static final String AGENTS = "/api/v1/agents";
  private static final String REF = "A key, or a host name or address that only one agent has.";

  private final Session session;

  AgentCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List agents.")
  void list() throws Failure {
    List<AgentView> agents = session.api().list(AGENTS, AgentView.class);
    if (session.json()) {
      session.printJson(agents);
    } else {
      session.print(table(agents, session), "agents");
    }
  }

  @Command(description = "Show an agent.")
  void show(@Parameters(paramLabel = "AGENT", description = REF) String ref) throws Failure {
    AgentView agent = find(ref);
    if (session.json()) {
      session.printJson(agent);
      return;
    }
    session.field("agent", agent.key());
    session.field("runtime", agent.runtime());
    session.field("host", agent.hostname() + " (" + agent.ipaddr() + ")");
    session.field("address", agent.apiaddr());
    session.field("system", agent.os() + " " + agent.platform());
    session.field("version", agent.version().isEmpty() ? "unknown" : agent.version());
    session.field("state", state(agent));
    if (agent.fenced() != null) {
      session.field("dead since", Text.time(agent.fenced(), session.world().zone()));
    }
    session.field("last spoke", Text.time(agent.seen(), session.world().zone()));
    session.field("clock", clock(agent));
    session.field("jobs", agent.jobs() + " of at most " + agent.capacity());
    session.field("running", Long.toString(agent.running()));
    session.field("load", agent.load() == null ? "unknown" : load(agent) + " per processor");
    session.field("job set", revision(agent));
  }

  @Command(description = "Have an agent give its jobs back to others, and get no new ones.")
  void drain(
      @Parameters(paramLabel = "AGENT", description = REF) String ref,
      @Option(names = "--preview", description = "Only say what would move where.") boolean preview)
      throws Failure {
    String body = Json.MAPPER.writeValueAsString(new DrainRequest(preview));
    DrainView drain =
        session.api().post(path(ref, "/drain"), "application/json", body, DrainView.class);
    if (session.json()) {
      session.printJson(drain);
    } else {
      DrainPage.show(drain, session);
    }
  }

  @Command(description = "End a drain: an agent gets jobs again.")
  void undrain(@Parameters(paramLabel = "AGENT", description = REF) String ref) throws Failure {
    changed(session.api().delete(path(ref, "/drain"), AgentView.class), "gets jobs again");
  }

  @Command(
      description = {
        "Give up an agent that will not come back: all its jobs go to others, those included that",
        "only its host may run. For a host that still runs jobs, use drain."
      })
  void retire(@Parameters(paramLabel = "AGENT", description = REF) String ref) throws Failure {
    changed(session.api().post(path(ref, "/retire"), AgentView.class), "is retired");
  }

  private String path(String ref, String rest) throws Failure {
    return AGENTS + "/" + Api.segment(find(ref).key()) + rest;
  }

  private void changed(AgentView agent, String what) {
    if (session.json()) {
      session.printJson(agent);
    } else {
      session.say(Text.line(agent.hostname()) + " " + what);
    }
  }

  private AgentView find(String ref) throws Failure {
    List<AgentView> found =
        session.api().list(AGENTS, AgentView.class).stream()
            .filter(agent -> List.of(agent.key(), agent.hostname(), agent.ipaddr()).contains(ref))
            .toList();
    return switch (found.size()) {
      case 0 -> throw new Failure("there is no agent " + ref + ": 'agent list' shows them");
      case 1 -> found.getFirst();
      default ->
          throw new Failure(found.size() + " agents are at " + ref + ": name one by its key");
    };
  }

  static Table table(List<AgentView> agents, Session session) {
    Table table =
        new Table(
            Column.of("AGENT"),
            Column.of("HOST").cutTo(12),
            Column.of("RUNTIME").cutTo(10).spare(2),
            Column.of("STATE"),
            Column.of("JOBS").spare(1),
            Column.of("RUNNING").spare(3),
            Column.of("LOAD").spare(6),
            Column.of("LAST SPOKE").spare(4),
            Column.of("ADDRESS").spare(5),
            Column.of("VERSION").spare(7));
    for (AgentView agent : agents) {
      table.add(
          agent.key(),
          agent.hostname(),
          agent.runtime(),
          state(agent),
          agent.jobs() + "/" + agent.capacity(),
          Long.toString(agent.running()),
          load(agent),
          session.time(agent.seen()),
          agent.apiaddr(),
          agent.version());
    }
    return table;
  }

  private static String state(AgentView agent) {
    if (agent.fenced() != null) {
      return "dead";
    }
    if (!agent.online()) {
      return "offline";
    }
    String word = agent.fit() ? "online" : "clock off";
    return agent.draining() ? word + ", draining" : word;
  }

  /** Of its host, per processor. */
  private static String load(AgentView agent) {
    return agent.load() == null ? "" : String.format(Locale.ROOT, "%.2f", agent.load());
  }

  private static String clock(AgentView agent) {
    String off =
        Math.abs(agent.skew())
            + " ms "
            + (agent.skew() < 0 ? "behind" : "ahead of")
            + " the store's";
    return agent.fit() ? off : off + ": it starts nothing until that is mended";
  }

  private static String revision(AgentView agent) {
    return agent.acknowledged() == agent.revision()
        ? "revision " + agent.revision() + ", in force"
        : "revision " + agent.revision() + " planned, " + agent.acknowledged() + " in force";
  }
}
