package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.AgentView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agent list|show}: the processes that run jobs. */
@Command(name = "agent", description = "See the agents that run jobs.")
final class AgentCommands {
  private static final String AGENTS = "/api/v1/agents";

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
  void show(
      @Parameters(
              paramLabel = "AGENT",
              description = "A key, or a host name or address that only one agent has.")
          String ref)
      throws Failure {
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
    session.field("state", agent.online() ? "online" : "offline");
    session.field("last spoke", Text.time(agent.seen(), session.world().zone()));
    session.field("jobs", agent.jobs() + " of at most " + agent.capacity());
    session.field("running", Long.toString(agent.running()));
    session.field("job set", revision(agent));
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
            Column.of("LAST SPOKE").spare(4),
            Column.of("ADDRESS").spare(5));
    for (AgentView agent : agents) {
      table.add(
          agent.key(),
          agent.hostname(),
          agent.runtime(),
          agent.online() ? "online" : "offline",
          agent.jobs() + "/" + agent.capacity(),
          Long.toString(agent.running()),
          session.time(agent.seen()),
          agent.apiaddr());
    }
    return table;
  }

  private static String revision(AgentView agent) {
    return agent.acknowledged() == agent.revision()
        ? "revision " + agent.revision() + ", in force"
        : "revision " + agent.revision() + " planned, " + agent.acknowledged() + " in force";
  }
}
