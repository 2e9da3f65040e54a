package io.cloudtask.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of run.sh. It leaves the shell's pid in {@code pid} and the exit status in {@code exit},
 * so that an agent that was not its parent, or was not there, learns both. It does so by builtins
 * alone: no process more than the command needs.
 *
 * <p>A command that might take the shell away from us (by {@code exec}, or a trap of its own) or
 * that names its own interpreter is put into a file of its own and run as a child of run.sh; that
 * costs one process more, and its exit status is left behind all the same. There run.sh catches
 * TERM, HUP and INT only to live until the command has ended, which gets the defaults back.
 */
final class RunScript {
  /** File names are bytes to the system; the JVM reads and writes them in this charset. */
  static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final Pattern TAKES_THE_SHELL = Pattern.compile("\\b(exec|trap)\\b");
  private static final Pattern INTERPRETER = Pattern.compile("#!\\s*(\\S+)(?:[ \\t]+(.*?))?\\s*");
  private static final String PLAIN_SHELL = "/bin/sh";

  private final String command;
  private final String interpreter;
  private final boolean apart;

  private RunScript(String command, String interpreter, boolean apart) {
    this.command = command;
    this.interpreter = interpreter;
    this.apart = apart;
  }

  static RunScript of(String command) {
    String first = command.lines().findFirst().orElse("");
    var named = INTERPRETER.matcher(first);
    if (!named.matches()) {
      return new RunScript(command, PLAIN_SHELL, TAKES_THE_SHELL.matcher(command).find());
    }
    String program = named.group(1);
    String argument = named.group(2) == null ? "" : named.group(2);
    if (program.equals(PLAIN_SHELL) && argument.isEmpty()) {
      return new RunScript(command, PLAIN_SHELL, TAKES_THE_SHELL.matcher(command).find());
    }
    // As the kernel does it: one argument at most, blanks and all.
    return new RunScript(
        command, quote(program) + (argument.isEmpty() ? "" : " " + quote(argument)), true);
  }

  /** Whether the command has a file of its own. */
  boolean apart() {
    return apart;
  }

  /** The command as it is written to a file, ended by a newline. */
  byte[] command() {
    return terminated(command).getBytes(UTF_8);
  }

  /**
   * run.sh.
   *
   * @param pid where the shell's pid goes
   * @param exit where the exit status goes; it should exist, with room for four bytes, so that a
   *     full disk does not stop it
   * @param commandFile where {@link #command} is when it is {@link #apart}
   */
  byte[] text(Path pid, Path exit, Path commandFile) {
    String leave = "command echo $? 1<>" + quote(exit.toString());
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("{ command echo $$ >" + quote(pid.toString()) + "; } 2>/dev/null");
    lines.add("trap " + quote(leave) + " EXIT");
    if (apart) {
      lines.add("trap : TERM HUP INT");
      lines.add(interpreter + " " + quote(commandFile.toString()));
    }
    byte[] head = (String.join("\n", lines) + "\n").getBytes(FILE_NAMES);
    byte[] body = apart ? new byte[0] : command();
    byte[] text = new byte[head.length + body.length];
    System.arraycopy(head, 0, text, 0, head.length);
    System.arraycopy(body, 0, text, head.length, body.length);
    return text;
  }

  private static String terminated(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
