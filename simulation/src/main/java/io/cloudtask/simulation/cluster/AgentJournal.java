package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.Journal;
import io.cloudtask.agent.journal.JournalException;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.simulation.world.Bell;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal in the hands of a living agent: a fiber that writes what was handed in, all that has
 * come together with one flush, in order.
 */
final class AgentJournal implements Journal {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Longer than a disk is slow or full. */
  private static final Duration EVER = Duration.ofHours(1);

  private record Batch(List<Entry> entries, @Nullable Promise<Boolean> durable) {}

  private final Life life;
  private final JournalDisk disk;
  private final Mutant mutant;
  private final Bell bell;
  private final List<Batch> queue = new ArrayList<>();
  private final List<Entry> backlog = new ArrayList<>();
  private Runnable growth = () -> {};

  AgentJournal(Life life, JournalDisk disk, Mutant mutant) {
    this.life = life;
    this.disk = disk;
    this.mutant = mutant;
    this.bell = new Bell(life);
    life.start("journal", this::run);
  }

  @Override
  public JournalState recovered() {
    JournalState state = disk.recover();
    return mutant == Mutant.CURSOR_FORGOTTEN ? Amnesia.withoutCursors(state) : state;
  }

  @Override
  public Optional<String> complaint() {
    return Optional.empty();
  }

  @Override
  public void onGrowth(Runnable listener) {
    growth = listener;
  }

  @Override
  public void commit(List<Entry> entries) throws JournalException {
    if (mutant == Mutant.START_BEFORE_FLUSH) {
      append(entries);
      return;
    }
    Promise<Boolean> durable = new Promise<>(life);
    hand(new Batch(List.copyOf(entries), durable));
    try {
      boolean _ = durable.await(EVER);
    } catch (JournalException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the disk never answered", e);
    }
  }

  @Override
  public void append(List<Entry> entries) {
    if (!entries.isEmpty()) {
      hand(new Batch(List.copyOf(entries), null));
    }
  }

  @Override
  public void note(Entry entry) {
    append(List.of(entry));
  }

  private void hand(Batch batch) {
    queue.add(batch);
    bell.ring();
  }

  @Override
  public long sequence() {
    return disk.sequence();
  }

  @Override
  public List<Report> facts(long after, int max) {
    return disk.facts(after, max);
  }

  private void run() {
    while (true) {
      bell.await(RETRY);
      if (!queue.isEmpty() || !backlog.isEmpty()) {
        round();
      }
    }
  }

  private void round() {
    List<Promise<Boolean>> waiting = new ArrayList<>();
    List<Entry> awaited = new ArrayList<>();
    for (Batch batch : queue) {
      if (batch.durable() == null) {
        backlog.addAll(batch.entries());
      } else {
        awaited.addAll(batch.entries());
        waiting.add(batch.durable());
      }
    }
    queue.clear();
    if (disk.isFull()) {
      life.sleep(disk.flushTime());
      JournalException reason = new JournalException("no space left on device");
      waiting.forEach(promise -> promise.fail(reason));
      return;
    }
    List<Entry> all = new ArrayList<>(backlog);
    all.addAll(awaited);
    disk.begin(all);
    life.sleep(disk.flushTime());
    disk.flushed();
    trace(all);
    backlog.clear();
    waiting.forEach(promise -> promise.complete(true));
    growth.run();
  }

  private void trace(List<Entry> entries) {
    if (life.timeline().trace().heard()) {
      entries.forEach(entry ->
          life.timeline().trace().say(life.name(), "journal %d %s", disk.sequence(), words(entry)));
    }
  }

  /** Definitions are long, and known. */
  private static String words(Entry entry) {
    return entry instanceof Entry.Took took
        ? "Took["
            + took.fact()
            + ", from="
            + took.job().from()
            + ", redo="
            + took.job().redo()
            + ", recalled="
            + took.job().recalled()
            + ", sole="
            + took.job().sole()
            + "]"
        : entry.toString();
  }

  @Override
  public void close() {
    // A pretended process is never ended in order.
  }
}
