package io.cloudtask.settings;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

/**
 * A role as a program: what may be said on its command line, and how it ends.
 *
 * @param name such as {@code agent}
 * @param help what {@code --help} prints
 * @param usualFile the configuration when none is named
 * @param options that take a value, beside {@code -f}
 */
public record RoleProgram(String name, String help, String usualFile, Set<String> options) {
  private static final int OK = 0;

  /** The numbers of sysexits.h, which service managers know. */
  private static final int USAGE = 64;

  private static final int UNAVAILABLE = 69;
  private static final int CONFIG = 78;

  public RoleProgram {
    options = Set.copyOf(options);
  }

  /** What the role does. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it, or starts it.
     *
     * @param parts where it puts what has to end with the process
     * @return what is printed on standard output once it is done
     * @throws ConfigException when something is to be mended before it is tried again
     * @throws IOException when something it needs is not there
     */
    String run(Arguments arguments, Parts parts) throws ConfigException, IOException;
  }

  /** Starts something that lives until a signal ends it. */
  public void live(String[] args, Work work) throws InterruptedException {
    Lifetime lifetime = Lifetime.begin("cloudtask " + name);
    run(args, lifetime.parts(), work);
    lifetime.await();
  }

  /** Does something, and ends the process. */
  public void once(String[] args, Work work) {
    Lifetime lifetime = Lifetime.begin("cloudtask " + name);
    run(args, lifetime.parts(), work);
    System.exit(OK);
  }

  private void run(String[] args, Parts parts, Work work) {
    Arguments arguments = Arguments.read(args, usualFile, options);
    if (arguments.wrong() != null) {
      fail(USAGE, arguments.wrong() + "\n\n" + help);
    }
    if (arguments.help()) {
      System.out.print(help);
      System.exit(OK);
    }
    PrintStream out = System.out;
    // Libraries print too; whoever reads our output waits for what we say.
    System.setOut(System.err);
    try {
      out.println(work.run(arguments, parts));
      out.flush();
    } catch (ConfigException e) {
      fail(CONFIG, "can't run with " + arguments.file() + ":\n" + e.getMessage());
    } catch (IOException e) {
      fail(UNAVAILABLE, FileFaults.words(e));
    }
  }

  private void fail(int code, String message) {
    System.err.println("cloudtask " + name + ": " + message);
    System.exit(code);
  }
}
