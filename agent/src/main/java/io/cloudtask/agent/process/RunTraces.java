package io.cloudtask.agent.process;

import io.cloudtask.agent.process.RunDirectory.Started;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run directory tells of a run after its agent is gone.
 *
 * @param pid the pid that run.sh wrote, 0 when there is none
 * @param anyStart whether there is any sign that a start was made
 * @param unreadable why the directory can't be read; null when it can
 */
record RunTraces(
    Optional<Started> started,
    long pid,
    Optional<Exit> exit,
    boolean anyStart,
    @Nullable Instant lastSeen,
    @Nullable String unreadable) {

  static RunTraces read(RunDirectory directory) {
    Instant lastSeen = directory.lastWritten().orElse(null);
    try {
      return new RunTraces(
          directory.started(),
          directory.pid().orElse(0),
          directory.exit(),
          directory.wasStarted(),
          lastSeen,
          null);
    } catch (IOException e) {
      String reason = "the run directory can't be read: " + e.getMessage();
      return new RunTraces(Optional.empty(), 0, Optional.empty(), true, lastSeen, reason);
    }
  }

  Optional<Instant> startedAt() {
    return started.map(Started::at);
  }

  private Reattachment.@Nullable Start start() {
    return started.map(known -> new Reattachment.Start(known.at(), known.pid())).orElse(null);
  }

  /** What is to be said of a run that left an exit status. */
  Reattachment ended(Exit how) {
    return new Reattachment.Ended(how, start());
  }

  /**
   * The direct child, if it lives: the process that run.json identifies, or else the marked process
   * with the pid that run.sh wrote. Only where both were lost it is the oldest marked leader of a
   * session; otherwise that would be a descendant of a dead one.
   *
   * @param marked the living processes with the run's mark
   */
  Optional<ProcessEntry> root(ProcessTable table, List<ProcessEntry> marked) throws IOException {
    Optional<ProcessEntry> identified = identified(table);
    if (identified.isPresent()) {
      return identified;
    }
    if (started.isPresent() || pid != 0) {
      return marked.stream().filter(process -> process.pid() == pid).findFirst();
    }
    return marked.stream()
        .filter(process -> process.session() == process.pid())
        .min(Comparator.comparingLong(ProcessEntry::start));
  }

  private Optional<ProcessEntry> identified(ProcessTable table) throws IOException {
    if (started.isEmpty() || !started.get().boot().equals(table.bootId())) {
      return Optional.empty();
    }
    Started known = started.get();
    return table.find(known.pid()).filter(process -> process.start() == known.start());
  }

  /** What is to be said of a run whose direct child does not live, and that left no exit status. */
  Reattachment withoutProcess(String bootId, int descendants) {
    if (unreadable != null) {
      return new Reattachment.Gone(unreadable, lastSeen, start());
    }
    if (!anyStart && descendants == 0) {
      return new Reattachment.NeverStarted();
    }
    boolean rebooted = started.isPresent() && !started.get().boot().equals(bootId);
    String reason =
        rebooted
            ? "the host was restarted while it ran"
            : "it ended while no agent was there, and left no exit status behind (a signal, or the"
                + " command replaced its shell)";
    String left = descendants == 0 ? "" : "; " + descendants + " of its processes still live";
    return new Reattachment.Gone(reason + left, lastSeen, start());
  }
}
