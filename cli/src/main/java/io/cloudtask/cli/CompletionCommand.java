package io.cloudtask.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = "Print a completion script: source <(cloudtask completion) in bash or zsh.")
final class CompletionCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  // picocli sets the annotated field before it calls the command.
  @SuppressWarnings("NullAway.Init")
  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    session.print(AutoComplete.bash(root.name(), root.commandLine()));
    return 0;
  }
}
