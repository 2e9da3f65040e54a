package io.cloudtask.agent.journal;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the records say when they are read in their order. Not thread-safe. */
public final class JournalState {
  private static final int REMEMBERED = 10_000;

  private final Map<String, HeldJob> jobs = new LinkedHashMap<>();
  private final Map<String, OpenRun> runs = new LinkedHashMap<>();
  private final SequencedMap<String, Entry.Left> left = new LinkedHashMap<>();
  private long sequence;
  private long acked;
  private long revision;
  private long autonomy;
  private @Nullable Instant floor;

  /** The last sequence given out, 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Facts up to it are committed by a center. */
  public long acked() {
    return acked;
  }

  /** Of the job set that was taken last, 0 before the first. */
  public long revision() {
    return revision;
  }

  /** Seconds for which this agent goes on past the end of its lease. */
  public long autonomy() {
    return autonomy;
  }

  /** Fire times up to it are never started, because the journal was damaged. */
  public Optional<Instant> floor() {
    return Optional.ofNullable(floor);
  }

  /** The jobs in force, in the order in which they were taken first. */
  public List<HeldJob> jobs() {
    return List.copyOf(jobs.values());
  }

  /** The runs without an end, in the order of their promises. */
  public List<OpenRun> runs() {
    return List.copyOf(runs.values());
  }

  /**
   * The jobs that were held once, by id, and until when they are settled here: if one comes back,
   * no fire time before is started again, and no span that was given back is taken up again. The
   * newest 10,000.
   */
  public Map<String, Entry.Left> left() {
    return Map.copyOf(left);
  }

  /** Folds one record; unknown runs and jobs are passed over. */
  public void apply(Entry entry) {
    if (!entry.carried()) {
      sequence++;
    }
    switch (entry) {
      case Entry.Happened happened -> happened(happened.fact());
      case Entry.Took took -> took(took);
      case Entry.Released released ->
          runs.computeIfPresent(released.runid(), (_, r) -> r.release());
      case Entry.Stopping order -> runs.computeIfPresent(order.runid(), (_, r) -> r.with(order));
      case Entry.Revised revised -> {
        revision = revised.revision();
        autonomy = revised.autonomy();
      }
      case Entry.Redone done ->
          jobs.computeIfPresent(done.jobid(), (_, held) -> held.withRedone(done.span()));
      case Entry.Acked ack -> acked = Math.max(acked, ack.sequence());
      case Entry.Floor newer -> floor = newer.at();
      case Entry.Base base -> base(base);
      case Entry.Held held -> jobs.put(held.job().job().jobid(), held.job());
      case Entry.Left gone -> leave(gone);
      case Entry.Open open -> runs.put(open.run().runid(), open.run());
      case Entry.Unsent _ -> {}
    }
  }

  /** Sequences up to this one were given out, though their records are lost. */
  void passOver(long last) {
    sequence = Math.max(sequence, last);
  }

  private void base(Entry.Base base) {
    jobs.clear();
    runs.clear();
    left.clear();
    sequence = base.sequence();
    acked = base.acked();
    revision = base.revision();
    autonomy = base.autonomy();
    floor = base.floor();
  }

  private void took(Entry.Took took) {
    AssignedJob job = took.job();
    HeldJob before = jobs.get(job.jobid());
    Entry.Left gone = left.remove(job.jobid());
    Instant cursor = job.from();
    if (before != null) {
      cursor = later(before.cursor(), cursor);
    } else if (gone != null) {
      cursor = later(gone.at(), cursor);
    }
    String fault = before == null ? "" : before.fault();
    boolean sameSpan = before != null && before.job().span() == job.span();
    boolean redone = before != null && sameSpan ? before.redone() : !redoes(job);
    jobs.put(job.jobid(), new HeldJob(job, took.effective(), took.zone(), cursor, fault, redone));
  }

  /** Whether a span begins with making up for what may have been lost before it. */
  public static boolean redoes(AssignedJob job) {
    return job.redo() != null && job.definition().guarantee() != Guarantee.LEASED;
  }

  private void happened(Fact fact) {
    switch (fact) {
      case Fact.Granted granted -> granted(granted);
      case Fact.Started started ->
          runs.computeIfPresent(started.runid(), (_, run) -> run.with(started));
      case Fact.Ended ended -> runs.remove(ended.runid());
      case Fact.Gap gap -> answered(gap.jobid(), gap.last());
      case Fact.Dropped dropped -> dropped(dropped);
      case Fact.Fault fault ->
          jobs.computeIfPresent(fault.jobid(), (_, held) -> held.withFault(fault.reason()));
      case Fact.Took _ -> throw new IllegalArgumentException("taken jobs are journalled whole");
    }
  }

  /** A span that is not the one that is held was ended before this agent ever took it. */
  private void dropped(Fact.Dropped dropped) {
    HeldJob held = jobs.get(dropped.jobid());
    if (held == null) {
      Entry.Left gone = left.get(dropped.jobid());
      Instant settled = gone == null ? dropped.at() : later(gone.at(), dropped.at());
      leave(new Entry.Left(dropped.jobid(), settled, dropped.span()));
    } else if (held.job().span() == dropped.span()) {
      jobs.remove(dropped.jobid());
      Instant settled = later(dropped.at(), held.cursor());
      leave(new Entry.Left(dropped.jobid(), settled, dropped.span()));
    }
  }

  private void leave(Entry.Left gone) {
    left.putLast(gone.jobid(), gone);
    if (left.size() > REMEMBERED) {
      left.pollFirstEntry();
    }
  }

  private void granted(Fact.Granted granted) {
    HeldJob held = jobs.get(granted.jobid());
    if (held == null) {
      return;
    }
    runs.put(granted.runid(), new OpenRun(held.job(), granted, !granted.queued(), null, null));
    if (granted.fireat() != null) {
      answered(granted.jobid(), granted.fireat());
    }
  }

  private void answered(String jobId, Instant instant) {
    jobs.computeIfPresent(jobId, (_, held) -> held.answeredUpTo(instant));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A checkpoint of all this, without the facts that are not acknowledged. */
  public List<Entry> checkpoint() {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.Base(sequence, acked, revision, autonomy, floor));
    jobs.values().forEach(held -> entries.add(new Entry.Held(held)));
    entries.addAll(left.values());
    runs.values().forEach(run -> entries.add(new Entry.Open(run)));
    return entries;
  }

  /** An independent copy. */
  public JournalState copy() {
    JournalState copy = new JournalState();
    checkpoint().forEach(copy::apply);
    return copy;
  }
}
