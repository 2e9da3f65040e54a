package io.cloudtask.agent.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes of this host. Thread-safe. A process that ended meanwhile is not there; what can't
 * be read for another reason (no descriptor left, for one) is an exception, never an absence.
 */
interface ProcessTable {
  /** The environment variable by which the processes of a run are known. */
  String MARK = "CLOUDTASK_RUN_ID";

  /**
   * All living processes; zombies are not. Marks are read only of those that were started at {@code
   * since} or later, as reading them is what costs.
   */
  default List<ProcessEntry> living(long since) throws IOException {
    return look(since, _ -> {}).processes();
  }

  /**
   * The same, and whether it can have missed one.
   *
   * @param seen is told of each at the moment at which it is looked at, the newest first
   */
  Look look(long since, Consumer<ProcessEntry> seen) throws IOException;

  /**
   * What was there.
   *
   * @param whole false when a process that was listed had ended before it was looked at: it may
   *     have left a child that was not listed
   */
  record Look(List<ProcessEntry> processes, boolean whole) {
    public Look {
      processes = List.copyOf(processes);
    }
  }

  /** The living process with a pid, without its mark. */
  Optional<ProcessEntry> find(long pid) throws IOException;

  /** Names the time since the host was started; pids and start times mean nothing beyond it. */
  String bootId();
}
