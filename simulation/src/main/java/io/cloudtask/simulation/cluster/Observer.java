package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.Guarantee;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees the work that is really done, on every host and at true time, and believes nothing that is
 * written down. A start that must not be is told at once.
 */
public final class Observer {
  /** A due instant of a job. */
  public record Fire(String jobid, Instant at) {}

  /** How a piece of work went. */
  public enum End {
    GOING,
    ENDED,
    /** It died with its host, and nobody saw how. */
    LOST
  }

  /** A piece of work. */
  public static final class Work {
    public final String host;
    public final OpenRun run;

    /** True time of its start. */
    public final Instant at;

    private End end = End.GOING;

    Work(String host, OpenRun run, Instant at) {
      this.host = host;
      this.run = run;
      this.at = at;
    }

    public End end() {
      return end;
    }
  }

  private final Timeline timeline;
  private final Map<Fire, List<Work>> fires = new HashMap<>();
  private final Map<String, Work> works = new LinkedHashMap<>();

  Observer(Timeline timeline) {
    this.timeline = timeline;
  }

  void started(String host, OpenRun run) {
    Work work = new Work(host, run, timeline.instant());
    Instant fireat = run.granted().fireat();
    if (timeline.trace().heard()) {
      timeline
          .trace()
          .say(
              host,
              "STARTS %s of %s, attempt %d, run %s",
              run.job().definition().name(),
              fireat,
              run.granted().attempt(),
              run.runid());
    }
    @Nullable Work before = works.put(run.runid(), work);
    if (before != null) {
      throw new Violation(
          Invariant.ONE_START,
          "run "
              + run.runid()
              + " of "
              + name(run)
              + " is started on "
              + host
              + ", and was on "
              + before.host
              + " at "
              + before.at);
    }
    if (fireat != null) {
      fired(work, fireat);
    }
  }

  private void fired(Work work, Instant fireat) {
    OpenRun run = work.run;
    List<Work> others =
        fires.computeIfAbsent(new Fire(run.job().jobid(), fireat), _ -> new ArrayList<>());
    Guarantee guarantee = run.job().definition().guarantee();
    if (!others.isEmpty() && guarantee != Guarantee.ATLEASTONCE) {
      Work first = others.getFirst();
      throw new Violation(
          Invariant.ONE_START,
          "%s fires twice at %s (%s): on %s at %s and on %s at %s"
              .formatted(name(run), fireat, guarantee, first.host, first.at, work.host, work.at));
    }
    others.add(work);
  }

  private static String name(OpenRun run) {
    return run.job().definition().name();
  }

  void ended(String host, OpenRun run) {
    end(host, run, End.ENDED);
  }

  void lost(String host, OpenRun run) {
    end(host, run, End.LOST);
  }

  private void end(String host, OpenRun run, End end) {
    Work work = works.get(run.runid());
    if (work != null) {
      work.end = end;
    }
    if (timeline.trace().heard()) {
      timeline.trace().say(host, "%s: run %s of %s", end, run.runid(), name(run));
    }
  }

  /** All work, in the order of its start. */
  public Iterable<Work> works() {
    return works.values();
  }

  /** What was really done under the id of a run; null for nothing. */
  public @Nullable Work work(String runid) {
    return works.get(runid);
  }

  /** How many pieces of work there were. */
  public int count() {
    return works.size();
  }
}
