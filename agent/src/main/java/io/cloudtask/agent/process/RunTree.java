package io.cloudtask.agent.process;

import io.cloudtask.agent.process.ProcessEntry.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which processes belong to a run. Each snapshot adds to what is known: a process that was once
 * seen to belong stays a member after its parents are gone. Not thread-safe.
 *
 * <p>A member is: the direct child; whoever carries the run's mark; a child of a member; whoever is
 * in a session whose leader is or was a member, since a session is entered only by being forked
 * into it. The agent, its ancestors and its own process group never are.
 */
final class RunTree {
  private final String runId;
  private final @Nullable Identity root;
  private final boolean rootLeads;
  private final Set<Identity> known = new HashSet<>();
  private final Set<Long> sessions = new HashSet<>();

  /**
   * @param root the direct child, when it is known
   * @param rootLeads whether the direct child was started as leader of a session
   */
  RunTree(String runId, @Nullable Identity root, boolean rootLeads) {
    this.runId = runId;
    this.root = root;
    this.rootLeads = rootLeads;
    if (root != null) {
      known.add(root);
    }
  }

  /** No process of the run was started before this. */
  long since() {
    return root == null ? 0 : root.start();
  }

  String runId() {
    return runId;
  }

  /** Whether a process is a member by its mark alone, whatever else lives. */
  boolean isMarked(ProcessEntry entry, Set<Long> untouchable, long untouchableGroup) {
    return runId.equals(entry.runId()) && isCandidate(entry, untouchable, untouchableGroup);
  }

  private boolean isCandidate(ProcessEntry e, Set<Long> untouchable, long untouchableGroup) {
    return e.pid() > 1
        && !untouchable.contains(e.pid())
        && (untouchableGroup == 0 || e.group() != untouchableGroup)
        && e.start() >= since();
  }

  /** The members that live in this snapshot, in no order. */
  List<ProcessEntry> members(
      List<ProcessEntry> snapshot, Set<Long> untouchable, long untouchableGroup) {
    Map<Long, ProcessEntry> byPid = new HashMap<>();
    snapshot.forEach(entry -> byPid.put(entry.pid(), entry));
    forgetReused(byPid);
    List<ProcessEntry> candidates =
        snapshot.stream().filter(e -> isCandidate(e, untouchable, untouchableGroup)).toList();
    while (grow(candidates, byPid)) {}
    return candidates.stream().filter(e -> known.contains(e.identity())).toList();
  }

  // While a session has members its number is not given to a new process. So a process that has the
  // number and is
  // not the leader we knew proves that our session is gone.
  private void forgetReused(Map<Long, ProcessEntry> byPid) {
    if (root != null && rootLeads) {
      sessions.add(root.pid());
    }
    sessions.removeIf(leader -> {
      ProcessEntry holder = byPid.get(leader);
      return holder != null && !known.contains(holder.identity());
    });
  }

  private boolean grow(List<ProcessEntry> candidates, Map<Long, ProcessEntry> byPid) {
    boolean grown = false;
    for (ProcessEntry entry : candidates) {
      if (belongs(entry, byPid)) {
        grown |= known.add(entry.identity());
      }
      if (known.contains(entry.identity()) && entry.session() == entry.pid()) {
        grown |= sessions.add(entry.pid());
      }
    }
    return grown;
  }

  private boolean belongs(ProcessEntry entry, Map<Long, ProcessEntry> byPid) {
    ProcessEntry parent = byPid.get(entry.parent());
    return runId.equals(entry.runId())
        || sessions.contains(entry.session())
        || (parent != null && known.contains(parent.identity()));
  }
}
