package io.cloudtask.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: the options that every command takes. */
@Command(
    name = "cloudtask",
    description = "Jobs that run on time, once, and every due instant answered for.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = false,
    footer = {
      "",
      "Other roles of the same program:",
      "  cloudtask standalone   a whole system on this machine; see 'cloudtask standalone --help'",
      "  cloudtask agent        the part that runs jobs on a host",
      "",
      "Environment: CLOUDTASK_URL, CLOUDTASK_TOKEN (what --url and --token say).",
      "Exit codes: 0 success, 1 refused or failed, 2 wrong usage."
    })
final class GlobalOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The console's address. Default: that of the standalone in --data.")
  @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "The API token. Default: that of the standalone in --data.")
  @Nullable String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The data directory of a standalone on this machine. Default: ./data.")
  @Nullable Path data;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON for programs, refusals too (on standard error).")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;
}
