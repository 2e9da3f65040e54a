package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All runs that are not over, and their waiting. Not thread-safe. */
final class Lanes {
  private static final Lane EMPTY = new Lane();

  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<String, String> jobs = new HashMap<>();

  Lane of(String jobId) {
    return lanes.getOrDefault(jobId, EMPTY);
  }

  @Nullable OpenRun find(String runId) {
    Lane lane = of(jobs.getOrDefault(runId, ""));
    OpenRun going = lane.going().get(runId);
    return going != null
        ? going
        : lane.queue().stream().filter(r -> r.runid().equals(runId)).findAny().orElse(null);
  }

  /** Jobs of which a run waits. */
  Set<String> waiting() {
    Set<String> waiting = new LinkedHashSet<>();
    lanes.forEach((job, lane) -> {
      if (!lane.queue().isEmpty()) {
        waiting.add(job);
      }
    });
    return waiting;
  }

  /** Jobs of which a run is not over. */
  Set<String> jobs() {
    return Set.copyOf(lanes.keySet());
  }

  void add(OpenRun run) {
    jobs.put(run.runid(), run.job().jobid());
    lanes.computeIfAbsent(run.job().jobid(), _ -> new Lane()).add(run);
  }

  /** Forgets a run; says whether it was known. */
  boolean remove(String runId) {
    String jobId = jobs.remove(runId);
    if (jobId == null) {
      return false;
    }
    Lane lane = of(jobId);
    if (lane.going().remove(runId) == null) {
      lane.queue().removeIf(run -> run.runid().equals(runId));
    }
    if (lane.isEmpty()) {
      lanes.remove(jobId);
    }
    return true;
  }

  void replace(OpenRun run) {
    of(run.job().jobid()).going().replace(run.runid(), run);
  }

  /** Promises a run; one that need not wait is started. */
  void grant(OpenRun run, Draft draft) {
    draft.fact(run.granted());
    add(run);
    if (run.released()) {
      draft.start(run);
    }
  }

  /** Gives the first that waits its turn. */
  void release(Lane lane, Draft draft) {
    OpenRun run = lane.queue().removeFirst().release();
    lane.going().put(run.runid(), run);
    draft.record(new Entry.Released(run.runid()));
    draft.start(run);
  }

  /** Takes a turn back that was given and not used. */
  void unrelease(OpenRun run) {
    Lane lane = of(run.job().jobid());
    if (lane.going().remove(run.runid()) != null) {
      lane.queue()
          .addFirst(new OpenRun(run.job(), run.granted(), false, run.started(), run.stopping()));
    }
  }

  /** Ends a run that has never been started. */
  void cancel(OpenRun run, String reason, Instant now, Draft draft) {
    if (remove(run.runid())) {
      draft.fact(
          new Fact.Ended(
              run.job().jobid(), run.runid(), RunState.CANCELLED, null, null, now, reason));
    }
  }

  void cancelQueue(String jobId, String reason, Instant now, Draft draft) {
    for (OpenRun run : new ArrayList<>(of(jobId).queue())) {
      cancel(run, reason, now, draft);
    }
  }

  /** Stops what goes on of a job and is not being stopped yet. */
  void stopGoing(String jobId, RunState as, String reason, Draft draft) {
    for (OpenRun run : List.copyOf(of(jobId).going().values())) {
      stop(run, as, reason, draft);
    }
  }

  void stop(OpenRun run, RunState as, String reason, Draft draft) {
    if (run.stopping() == null) {
      replace(run.with(new Entry.Stopping(run.runid(), as, reason)));
      draft.stop(new StopOrder(run.runid(), as, reason));
    }
  }

  /** Cancels runs that have waited past their deadline. */
  void expire(String jobId, Instant now, Draft draft) {
    for (OpenRun run : List.copyOf(of(jobId).queue())) {
      if (Lane.deadline(run).filter(deadline -> !now.isBefore(deadline)).isPresent()) {
        cancel(
            run,
            "it waited longer than its startdeadline of "
                + run.job().definition().startdeadline()
                + " s",
            now,
            draft);
      }
    }
  }
}
