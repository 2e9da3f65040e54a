package io.cloudtask.agent.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of a Linux host, from /proc. */
final class ProcfsTable implements ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final byte[] MARK_BYTES = (MARK + "=").getBytes(UTF_8);

  // strerror(ESRCH): the process ended meanwhile, or is a thread of the kernel and has no
  // environment
  private static final String NO_SUCH_PROCESS = "No such process";

  private final String bootId;

  ProcfsTable() {
    try {
      bootId = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the id of this boot can't be read; /proc must be mounted", e);
    }
  }

  static boolean usable() {
    return Files.isReadable(PROC.resolve("self/stat"))
        && Files.isReadable(PROC.resolve("sys/kernel/random/boot_id"));
  }

  /** The newest are looked at first: who forks and ends in a moment is one of them. */
  @Override
  public Look look(long since, Consumer<ProcessEntry> seen) throws IOException {
    String[] names = PROC.toFile().list();
    if (names == null) {
      throw new IOException("/proc can't be listed");
    }
    List<ProcessEntry> entries = new ArrayList<>();
    boolean whole = true;
    for (int i = names.length - 1; i >= 0; i--) {
      if (Character.isDigit(names[i].charAt(0))) {
        ProcessEntry entry = find(names[i]).orElse(null);
        if (entry == null) {
          whole &= isZombie(names[i]);
        } else {
          entries.add(entry.start() >= since ? marked(entry) : entry);
          seen.accept(entries.getLast());
        }
      }
    }
    return new Look(entries, whole);
  }

  /** It ended before the look began, and its children have been listed. */
  private static boolean isZombie(String pid) throws IOException {
    return bytesOf(pid, "stat") != null;
  }

  @Override
  public Optional<ProcessEntry> find(long pid) throws IOException {
    return find(Long.toString(pid));
  }

  @Override
  public String bootId() {
    return bootId;
  }

  /**
   * The status, as wait(2) gives it, of a process that ended and was not reaped by its parent yet.
   * Empty for any other, and for a status of 0: that is also what the kernel shows to who may not
   * know.
   */
  OptionalInt failureOfZombie(ProcessEntry process) throws IOException {
    byte[] stat = bytesOf(Long.toString(process.pid()), "stat");
    return stat == null
        ? OptionalInt.empty()
        : failureOfZombie(new String(stat, ISO_8859_1), process.start());
  }

  static OptionalInt failureOfZombie(String stat, long start) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    boolean same =
        fields.length > 49 && fields[0].equals("Z") && Long.parseLong(fields[19]) == start;
    int status = same ? Integer.parseInt(fields[49]) : 0;
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  private static Optional<ProcessEntry> find(String pid) throws IOException {
    byte[] stat = bytesOf(pid, "stat");
    return stat == null ? Optional.empty() : parse(new String(stat, ISO_8859_1));
  }

  // The second field is the program's name in parentheses, and may itself hold blanks and
  // parentheses.
  static Optional<ProcessEntry> parse(String stat) {
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return Optional.empty();
    }
    String[] fields = stat.substring(name + 2).split(" ", -1);
    if (fields.length < 20) {
      return Optional.empty();
    }
    // A main thread that ended before the others looks like a zombie, and its process lives.
    boolean ended =
        fields[0].equalsIgnoreCase("X")
            || (fields[0].equals("Z") && Long.parseLong(fields[17]) <= 1);
    if (ended) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessEntry(
            Long.parseLong(stat.substring(0, stat.indexOf(' '))),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19]),
            null));
  }

  private static ProcessEntry marked(ProcessEntry e) throws IOException {
    byte[] environment = bytesOf(Long.toString(e.pid()), "environ");
    String runId = environment == null ? null : mark(environment);
    return new ProcessEntry(e.pid(), e.parent(), e.group(), e.session(), e.start(), runId);
  }

  static @Nullable String mark(byte[] environment) {
    for (int start = 0; start < environment.length; ) {
      int end = start;
      while (end < environment.length && environment[end] != 0) {
        end++;
      }
      int value = start + MARK_BYTES.length;
      if (value <= end && startsWithMark(environment, start)) {
        return new String(environment, value, end - value, UTF_8);
      }
      start = end + 1;
    }
    return null;
  }

  private static boolean startsWithMark(byte[] environment, int at) {
    for (int i = 0; i < MARK_BYTES.length; i++) {
      if (environment[at + i] != MARK_BYTES[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] bytesOf(String pid, String file) throws IOException {
    try {
      return Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
    } catch (NoSuchFileException | AccessDeniedException e) {
      return null; // it ended, or it is another user's and does not show its environment
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
      if (NO_SUCH_PROCESS.equals(reason)) {
        return null;
      }
      throw e;
    }
  }
}
