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
      "  cloudtask standalone   a whole system on this machine",
      "  cloudtask init         what a cluster needs before its first start",
      "  cloudtask center       takes definitions, places jobs, keeps the ledger",
      "  cloudtask agent        runs jobs on a host",
      "  cloudtask coordinator  a ZooKeeper server, for those who have none",
      "  cloudtask simulate     clusters in a pretended world, with faults, from a seed",
      "'cloudtask help center' and the like say more.",
      "",
      "Environment: CLOUDTASK_URL, CLOUDTASK_TOKEN, CLOUDTASK_CAFILE (what the options say).",
      "Exit codes: 0 success, 1 refused or failed, 2 wrong usage."
    })
final class GlobalOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      order = 101,
      description = "The console's address. Default: that of the standalone in --data.")
  @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      order = 102,
      description = "The API token. Default: that of the standalone in --data.")
  @Nullable String token;

  @Option(
      names = "--cafile",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      order = 104,
      description = "Certificates (PEM) of whom to trust at an https address.")
  @Nullable Path cafile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      order = 100,
      description = "The data directory of a standalone on this machine. Default: ./data.")
  @Nullable Path data;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      order = 103,
      description = "Print JSON for programs, refusals too (on standard error).")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 104,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      order = 105,
      description = "Print the version of this program.")
  boolean version;
}
