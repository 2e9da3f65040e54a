package io.cloudtask.agent.process;

import org.jspecify.annotations.Nullable;

/**
 * One living process, as a snapshot saw it.
 *
 * @param parent pid of the parent
 * @param group process group; 0 where the host does not tell
 * @param session pid of the session's leader; 0 where the host does not tell
 * @param start when it was started, in units of the host that grow with time and differ for a
 *     reused pid
 * @param runId the run whose mark it carries
 */
record ProcessEntry(
    long pid, long parent, long group, long session, long start, @Nullable String runId) {
  /** What tells a process from a later one with the same pid. */
  record Identity(long pid, long start) {}

  Identity identity() {
    return new Identity(pid, start);
  }
}
