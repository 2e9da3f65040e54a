package io.cloudtask.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that writes. All fields but the volatile ones and the queue are its own. */
final class JournalWriter {
  /**
   * Records that go to the disk together.
   *
   * @param durable completed when they are; null when nobody waits, and then they are tried again
   *     until they are
   * @param lazy whether they can wait for others
   * @param last whether nothing is written after them
   */
  record Batch(
      List<Entry> entries, @Nullable CompletableFuture<Void> durable, boolean lazy, boolean last) {
    Batch {
      entries = List.copyOf(entries);
    }
  }

  private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());
  private static final long MIN_COMPACTION = 8L << 20;
  private static final long RETRY_MILLIS = 1000;

  /** A journal that is too long is shortened when nothing came for so long. */
  private static final long QUIET_MILLIS = 200;

  private final LinkedBlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
  private final JournalFiles files;
  private final JournalState state;
  private final Space space;
  private final Disk disk;
  private final Backlog backlog = new Backlog();
  private final RecentFacts recent;
  private final Thread thread;
  private JournalFile file;
  private long compactAt;
  private boolean failing;
  private boolean ended;
  private volatile FactReader.Extent extent;
  private volatile long sequence;
  private volatile boolean closed;
  private volatile Runnable listener = () -> {};

  JournalWriter(JournalFiles files, JournalFile file, JournalState state, Space space, Disk disk) {
    this.files = files;
    this.file = file;
    this.state = state;
    this.space = space;
    this.disk = disk;
    this.compactAt = compactAfter(file.end());
    this.extent = new FactReader.Extent(file.path(), file.end());
    this.sequence = state.sequence();
    this.recent = new RecentFacts(state.sequence());
    this.thread = Thread.ofPlatform().name("journal").daemon().start(this::run);
  }

  void hand(Batch batch) {
    queue.add(batch);
    if (closed) {
      refuseTheRest();
    }
  }

  /** Another reader of what is durable. */
  FactReader reader() {
    return new FactReader(recent, () -> extent);
  }

  long sequence() {
    return sequence;
  }

  void onGrowth(Runnable runnable) {
    listener = runnable;
  }

  void close() {
    queue.add(new Batch(List.of(), null, false, true));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      space.refill();
      while (!ended) {
        round();
      }
    } finally {
      end();
    }
  }

  private void end() {
    closed = true;
    if (!backlog.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The agent ends while its journal can't be written; {0} records are lost.",
          backlog.entries().size());
    }
    refuseTheRest();
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the journal could not be closed", e);
    }
  }

  private void round() {
    List<Batch> awaited = new ArrayList<>();
    boolean hurry = collect(awaited);
    if (awaited.isEmpty() && (!hurry || backlog.isEmpty())) {
      return;
    }
    try {
      flush(awaited);
      failing = false;
    } catch (IOException | JournalException e) {
      failed(awaited, e);
    }
  }

  /** Waits for batches; says whether what nobody waits for should go to the disk now. */
  private boolean collect(List<Batch> awaited) {
    List<Batch> batches = new ArrayList<>();
    try {
      Batch first = first();
      if (first == null) {
        return true;
      }
      batches.add(first);
    } catch (InterruptedException e) {
      ended = true;
    }
    queue.drainTo(batches);
    boolean hurry = false;
    for (Batch batch : batches) {
      ended |= batch.last();
      hurry |= !batch.lazy();
      if (batch.durable() == null) {
        backlog.add(batch.entries());
      } else {
        awaited.add(batch);
      }
    }
    return hurry;
  }

  /** The next batch; null when nothing came and it is time to do something without one. */
  private @Nullable Batch first() throws InterruptedException {
    if (!backlog.isEmpty()) {
      return queue.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (file.end() < compactAt) {
      return queue.take();
    }
    Batch first = queue.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    if (first == null) {
      compact();
    }
    return first;
  }

  private void flush(List<Batch> awaited) throws IOException, JournalException {
    List<Entry> entries = new ArrayList<>(backlog.entries());
    awaited.forEach(batch -> entries.addAll(batch.entries()));
    Frame frame = new Frame(state.sequence() + 1, entries);
    ByteBuffer bytes = frame.encode();
    space.write(() -> file.append(bytes.rewind()));
    entries.forEach(state::apply);
    backlog.clear();
    recent.add(frame, bytes.limit());
    recent.acked(state.acked());
    sequence = state.sequence();
    extent = new FactReader.Extent(file.path(), file.end());
    awaited.forEach(JournalWriter::complete);
    listener.run();
    if (failing) {
      LOG.log(System.Logger.Level.INFO, "The journal can be written again.");
    }
    if (queue.isEmpty()) {
      space.refill();
      if (file.end() >= 2 * compactAt) {
        compact();
      }
    }
  }

  private void failed(List<Batch> awaited, Exception e) {
    JournalException reason =
        new JournalException(
            "The journal "
                + file.path()
                + " can't be written ("
                + e.getMessage()
                + "). Nothing is started until it can be: free space on its disk.",
            e);
    if (!failing) {
      LOG.log(System.Logger.Level.ERROR, reason.getMessage(), e);
      failing = true;
    }
    try {
      file.undo();
    } catch (IOException undo) {
      e.addSuppressed(undo);
    }
    awaited.forEach(batch -> refuse(batch, reason));
  }

  private void compact() {
    Path old = file.path();
    Path next = files.after(old);
    try {
      long end = new Checkpoint(files.directory(), next, disk).write(state, reader());
      JournalFile newer = new JournalFile(next, end, disk);
      file.close();
      file = newer;
      extent = new FactReader.Extent(next, end);
      compactAt = compactAfter(end);
      Files.deleteIfExists(old);
    } catch (IOException | JournalException e) {
      compactAt = compactAfter(file.end());
      abandon(next);
      LOG.log(System.Logger.Level.WARNING, "The journal " + old + " could not be shortened.", e);
    }
  }

  /** A checkpoint that is not used must not be taken for the newest journal after a restart. */
  private static void abandon(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Delete " + checkpoint + " before the agent is started again: it is not complete.",
          e);
    }
  }

  private static long compactAfter(long end) {
    return Math.max(MIN_COMPACTION, 2 * end);
  }

  private void refuseTheRest() {
    JournalException reason = new JournalException("The agent is being stopped.");
    for (Batch batch = queue.poll(); batch != null; batch = queue.poll()) {
      refuse(batch, reason);
    }
  }

  private static void complete(Batch batch) {
    if (batch.durable() != null) {
      batch.durable().complete(null);
    }
  }

  private static void refuse(Batch batch, JournalException reason) {
    if (batch.durable() != null) {
      batch.durable().completeExceptionally(reason);
    }
  }
}
