package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.Frame;
import io.cloudtask.agent.journal.JournalException;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.Outbox;
import io.cloudtask.agent.journal.Replay;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a host, as far as it matters: the journal of its agent. What one flush makes durable
 * is there wholly or not at all; a crash decides which, for the flush that it hits.
 */
public final class JournalDisk {
  private final Dice dice;
  private final List<Frame> frames = new ArrayList<>();
  private final TreeMap<Long, Fact> facts = new TreeMap<>();
  private final JournalState state = new JournalState();
  private @Nullable Frame inFlight;
  private @Nullable Frame torn;
  private Duration slowest = Duration.ofMillis(3);
  private boolean full;
  private LongConsumer relied = _ -> {};

  JournalDisk(Dice dice) {
    this.dice = dice;
  }

  /** Calls back when the agent has written down up to which sequence it relies on a center. */
  void onReliance(LongConsumer listener) {
    relied = listener;
  }

  /** Nothing can be written, or all can again. */
  public void full(boolean isFull) {
    full = isFull;
  }

  /** How long a flush takes at the most. */
  public void slowest(Duration flush) {
    slowest = flush;
  }

  /** Flushes take as long as usual. */
  public void calm() {
    slowest(Duration.ofMillis(3));
  }

  boolean isFull() {
    return full;
  }

  Duration flushTime() {
    return dice.skewed(Duration.ofNanos(100_000), slowest);
  }

  /** A flush has begun. */
  void begin(List<Entry> written) {
    inFlight = new Frame(state.sequence() + 1, written);
  }

  /** It is over: they are durable. */
  void flushed() {
    Frame written = inFlight;
    inFlight = null;
    if (written != null) {
      long before = state.acked();
      frames.add(written);
      Outbox.after(state.acked(), written, report -> facts.put(report.sequence(), report.fact()));
      written.entries().forEach(state::apply);
      facts.headMap(state.acked(), true).clear();
      if (state.acked() > before) {
        relied.accept(state.acked());
      }
    }
  }

  /** The process, or the whole host, is gone: what was being flushed is torn, or just made it. */
  void crash() {
    if (dice.chance(0.5)) {
      flushed();
    }
    torn = inFlight;
    inFlight = null;
  }

  /** What a process finds that starts now. */
  JournalState recover() {
    Frame tail = torn;
    torn = null;
    return switch (dice.between(1, 3)) {
      case 1 -> replayed(tail);
      case 2 -> folded();
      default -> state.copy(); // as from a checkpoint
    };
  }

  private JournalState folded() {
    JournalState folded = new JournalState();
    frames.forEach(frame -> frame.entries().forEach(folded::apply));
    return folded;
  }

  /** From the bytes, as after a real crash: a torn frame is cut off, and nothing else is lost. */
  private JournalState replayed(@Nullable Frame tail) {
    try {
      byte[] bytes = bytes(tail);
      Replay replay = Replay.of((into, at) -> read(bytes, into, at), bytes.length);
      if (replay.damaged() || replay.state().sequence() != state.sequence()) {
        throw new Violation(
            Invariant.NOTHING_LOST,
            "a journal with a torn end does not read as what was flushed before");
      }
      return replay.state();
    } catch (IOException | JournalException e) {
      throw new IllegalStateException("the journal can't be read back", e);
    }
  }

  private byte[] bytes(@Nullable Frame tail) throws JournalException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Replay.beginning());
    for (Frame frame : frames) {
      out.writeBytes(frame.encode().array());
    }
    if (tail != null) {
      byte[] lost = tail.encode().array();
      out.write(lost, 0, dice.between(0, lost.length - 1));
    }
    return out.toByteArray();
  }

  private static int read(byte[] bytes, ByteBuffer into, long at) {
    int from = Math.toIntExact(at);
    int length = Math.min(into.remaining(), bytes.length - from);
    if (length <= 0) {
      return -1;
    }
    into.put(bytes, from, length);
    return length;
  }

  /** Whether a span was given back, durably. */
  boolean gaveBack(String jobid, long span) {
    Entry.Left gone = state.left().get(jobid);
    return gone != null && span <= gone.span();
  }

  /** The last durable sequence. */
  long sequence() {
    return state.sequence();
  }

  /** Durable facts after a sequence, in order. */
  List<Report> facts(long after, int max) {
    return facts.tailMap(after, false).entrySet().stream()
        .limit(max)
        .map(fact -> new Report(fact.getKey(), fact.getValue()))
        .toList();
  }

  /** Durable facts after a sequence, for those who check. */
  public List<Fact> waiting(long after) {
    return List.copyOf(facts.tailMap(after, false).values());
  }

  /** Up to which sequence the agent relies on a center, and has dropped its facts. */
  public long acked() {
    return state.acked();
  }
}
