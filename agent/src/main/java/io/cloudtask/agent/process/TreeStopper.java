package io.cloudtask.agent.process;

import io.cloudtask.agent.process.ProcessEntry.Identity;
import io.cloudtask.agent.process.ProcessHost.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends the trees of runs. One thread serves all stops that are going on, so that a hundred of them
 * at once look at the processes of the host as often as one does. Thread-safe.
 *
 * <p>TERM goes once to every member, also to those that turn up later; after the grace time KILL
 * goes to all that live, look after look, until none is left. A member that forks between the
 * listing of processes and the look at it can hide its child from one look, and a child between its
 * fork and its exec carries no marker yet, so only several empty looks in a row, with time between
 * them, mean that nothing is left; and a look during which any process ended proves little, since
 * that one may have been ours. What still forks a second after the first KILL is reported, and
 * pursued for a while yet.
 */
final class TreeStopper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TreeStopper.class.getName());
  private static final Duration AFTER_KILL = Duration.ofMillis(900);
  private static final Duration PURSUIT = Duration.ofSeconds(30);
  private static final long TERM_PAUSE_MILLIS = 50;
  private static final long KILL_PAUSE_MILLIS = 5;

  /** What empty looks must prove together, and what one of them does. */
  private static final int PROOF = 25;

  private static final int WHOLE_LOOK = 5;
  private static final int DOUBTFUL_LOOK = 1;

  private final ProcessHost host;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Stop> arriving = new LinkedBlockingQueue<>();
  private final Set<Long> untouchable;
  private final long ownGroup;
  private final Thread thread;
  private volatile boolean closed;

  TreeStopper(ProcessHost host, LongSupplier nanoTime) {
    this.host = host;
    this.nanoTime = nanoTime;
    this.untouchable = selfAndAncestors();
    this.ownGroup = host.startsSessions() ? ownGroup(host.table()) : 0;
    this.thread = Thread.ofPlatform().daemon().name("process-stopper").start(this::serve);
  }

  /**
   * Ends every member of a tree; completes with their number. The tree must not be used by anybody
   * else.
   */
  CompletableFuture<Integer> stop(RunTree tree, Duration grace) {
    Stop stop = new Stop(tree, nanoTime.getAsLong() + grace.toNanos());
    arriving.add(stop);
    if (closed) {
      stop.finish(0);
    }
    return stop.done;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void serve() {
    List<Stop> stops = new ArrayList<>();
    try {
      while (true) {
        long pause = stops.stream().mapToLong(this::pauseMillis).min().orElse(Long.MAX_VALUE);
        Stop arrived = arriving.poll(pause, TimeUnit.MILLISECONDS);
        if (arrived != null) {
          stops.add(arrived);
          arriving.drainTo(stops);
        }
        look(stops);
        stops.removeIf(stop -> stop.over);
      }
    } catch (InterruptedException e) {
      arriving.drainTo(stops);
      stops.forEach(stop -> stop.finish(0));
    }
  }

  private long pauseMillis(Stop stop) {
    if (stop.proof > 0) {
      return KILL_PAUSE_MILLIS;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(stop.killFrom - nanoTime.getAsLong());
    return left <= 0 ? KILL_PAUSE_MILLIS : Math.min(left + 1, TERM_PAUSE_MILLIS);
  }

  private void look(List<Stop> stops) {
    long since = stops.stream().mapToLong(stop -> stop.tree.since()).min().orElse(0);
    try {
      ProcessTable.Look look = host.table().look(since, seen -> strike(stops, seen));
      stops.forEach(stop -> act(stop, look));
    } catch (IOException e) {
      stops.forEach(stop -> failedLook(stop, e));
    }
  }

  /** Who forks and ends in a moment is gone before a look is over, so it is hit as it is seen. */
  private void strike(List<Stop> stops, ProcessEntry seen) {
    for (Stop stop : stops) {
      if (nanoTime.getAsLong() >= stop.killFrom
          && stop.tree.isMarked(seen, untouchable, ownGroup)) {
        host.signal(seen, Signal.KILL);
      }
    }
  }

  private void failedLook(Stop stop, IOException failure) {
    stop.proof = 0;
    if (nanoTime.getAsLong() - stop.killFrom >= AFTER_KILL.toNanos()) {
      stop.over = true;
      LOG.log(
          Level.WARNING,
          "run {0}: what is left of it can''t be found out: {1}",
          stop.tree.runId(),
          failure.getMessage());
      stop.finish(0);
    }
  }

  private void act(Stop stop, ProcessTable.Look look) {
    List<ProcessEntry> members = stop.tree.members(look.processes(), untouchable, ownGroup);
    if (members.isEmpty()) {
      stop.proof += look.whole() ? WHOLE_LOOK : DOUBTFUL_LOOK;
      if (stop.proof >= PROOF) {
        stop.over = true;
        stop.finish(0);
      }
      return;
    }
    stop.proof = 0;
    long late = nanoTime.getAsLong() - stop.killFrom;
    for (ProcessEntry member : members) {
      boolean first = stop.signalled.add(member.identity());
      if (late >= 0) {
        host.signal(member, Signal.KILL);
      } else if (first) {
        host.signal(member, Signal.TERM);
      }
    }
    stop.over = late >= PURSUIT.toNanos();
    if (late >= AFTER_KILL.toNanos() && !stop.told) {
      stop.told = true;
      LOG.log(
          Level.WARNING,
          "run {0}: {1} processes could not be ended yet: {2}",
          stop.tree.runId(),
          members.size(),
          members.stream().map(member -> Long.toString(member.pid())).toList());
      stop.finish(members.size());
    }
  }

  // Where runs have no sessions of their own they are in our process group.
  private static long ownGroup(ProcessTable table) {
    try {
      return table.find(ProcessHandle.current().pid()).orElseThrow().group();
    } catch (IOException e) {
      throw new UncheckedIOException("our own process group can't be learnt", e);
    }
  }

  private static Set<Long> selfAndAncestors() {
    Set<Long> pids = new HashSet<>();
    ProcessHandle handle = ProcessHandle.current();
    while (handle != null && pids.add(handle.pid())) {
      handle = handle.parent().orElse(null);
    }
    return Set.copyOf(pids);
  }

  private static final class Stop {
    final RunTree tree;
    final long killFrom;
    final CompletableFuture<Integer> done = new CompletableFuture<>();
    final Set<Identity> signalled = new HashSet<>();
    int proof;
    boolean told;
    boolean over;

    Stop(RunTree tree, long killFrom) {
      this.tree = tree;
      this.killFrom = killFrom;
    }

    void finish(int left) {
      int ended = signalled.size() - left;
      Thread.ofVirtual().start(() -> done.complete(ended));
    }
  }
}
