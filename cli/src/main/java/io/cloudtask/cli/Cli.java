package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** All commands, put together. */
final class Cli {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private Cli() {}

  /**
   * Runs one command to its end and tells its exit code; throws nothing that a user could cause.
   */
  static int run(List<String> arguments, Surroundings world) {
    GlobalOptions options = new GlobalOptions();
    PrintWriter out = new PrintWriter(world.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(world.err(), true, StandardCharsets.UTF_8);
    Session session = new Session(options, world);
    CommandLine line = commands(options, session);
    line.setOut(out);
    line.setErr(err);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(world)));
    line.setUsageHelpWidth(Math.clamp(world.columns(), 80, 120));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, args) -> wrongUsage(e, err));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, session));
    int code = line.execute(helpAsOption(arguments).toArray(String[]::new));
    out.flush();
    err.flush();
    // A reader that went away (| head) did not see everything.
    return world.out().checkError() && code == 0 ? FAILED : code;
  }

  /** {@code help job apply} is another way to say {@code job apply --help}. */
  private static List<String> helpAsOption(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("help")) {
      return arguments;
    }
    List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
    rest.add("--help");
    return rest;
  }

  private static CommandLine commands(GlobalOptions options, Session session) {
    CommandLine root = new CommandLine(options);
    root.addSubcommand(new JobCommands(session));
    root.addSubcommand(new RunCommands(session));
    root.addSubcommand(new PackageCommands(session));
    root.addSubcommand(new RuntimeCommands(session));
    root.addSubcommand(new AgentCommands(session));
    root.addSubcommand(new CenterCommands(session));
    root.addSubcommand(new UserCommands(session));
    root.addSubcommand(new TokenCommands(session));
    root.addSubcommand(new VersionCommand(session));
    root.addSubcommand(new CompletionCommand(session));
    root.getCommandSpec().version("cloudtask " + VersionCommand.own());
    inOrder(root);
    return root;
  }

  /** What a command is about comes first in its help, then what all commands take. */
  private static void inOrder(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    command.getSubcommands().values().forEach(Cli::inOrder);
  }

  private static Ansi ansi(Surroundings world) {
    return world.colours() ? Ansi.ON : Ansi.OFF;
  }

  private static int wrongUsage(ParameterException e, PrintWriter err) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    err.println("cloudtask: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      if (line.getSubcommands().isEmpty()) {
        err.print(line.getHelp().synopsisHeading() + line.getHelp().synopsis(7));
      } else {
        line.usage(err);
        return WRONG_USAGE;
      }
    }
    err.println("Try '" + name + " --help'.");
    return WRONG_USAGE;
  }

  private static int failed(Exception e, Session session) throws Exception {
    if (!(e instanceof Failure failure)) {
      throw e;
    }
    Problem problem = failure.problem();
    if (session.json()) {
      Problem said =
          problem != null ? problem : Problem.of("failed", 0, String.valueOf(e.getMessage()));
      session.world().err().println(Json.MAPPER.writeValueAsString(said));
    } else {
      session.world().err().println("cloudtask: " + Text.lines(String.valueOf(e.getMessage())));
      if (problem != null) {
        session.world().err().print(Text.lines(Refusals.places(problem)));
      }
    }
    return failure.exitCode();
  }
}
