package io.cloudtask.center.events;

import io.cloudtask.store.Overviews.Marks;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events. A viewer costs a virtual thread that waits; the store is read once per {@link
 * #LOOK}, however many there are. Thread-safe.
 */
public final class EventFeed implements AutoCloseable {
  /** Between two looks at the store. */
  static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * After so long without an event a viewer is told that the feed is there, if he still may know.
   */
  static final Duration HEARTBEAT = Duration.ofSeconds(3);

  private static final Logger LOG = System.getLogger(EventFeed.class.getName());

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Condition ended = lock.newCondition();

  /** By topic, the number of its newest event; all that follows is guarded by the lock. */
  private final Map<Topic, Long> newest = new EnumMap<>(Topic.class);

  private long number;
  private int viewers;
  private boolean reading;
  private boolean closed;

  public EventFeed(Store store) {
    this.store = store;
  }

  /** What a viewer is told next. */
  private record News(Set<Topic> topics, long number, boolean closed) {}

  /**
   * Writes events until the viewer goes, is not welcome any more, or the feed is closed.
   *
   * @throws IOException when the viewer has gone
   */
  public void writeTo(OutputStream out, BooleanSupplier welcome) throws IOException {
    long seen = enter();
    try {
      send(out, "retry: 3000\n: welcome\n\n");
      while (true) {
        News news = await(seen);
        if (news.closed() || !stays(welcome)) {
          return;
        }
        send(out, news.topics().isEmpty() ? ": still here\n\n" : text(news));
        seen = news.number();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave();
    }
  }

  private static boolean stays(BooleanSupplier welcome) {
    try {
      return welcome.getAsBoolean();
    } catch (StoreException e) {
      // There is nothing to tell while the store is away.
      return true;
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String text(News news) {
    StringBuilder text = new StringBuilder();
    for (Topic topic : news.topics()) {
      text.append("id: ").append(news.number()).append("\nevent: ").append(topic.word());
      text.append("\ndata: {\"topic\":\"").append(topic.word()).append("\",\"ids\":[]}\n\n");
    }
    return text.toString();
  }

  private long enter() {
    lock.lock();
    try {
      viewers++;
      if (!reading && !closed) {
        reading = true;
        Thread.ofVirtual().name("events").start(this::read);
      }
      return number;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      viewers--;
    } finally {
      lock.unlock();
    }
  }

  private News await(long seen) throws InterruptedException {
    lock.lock();
    try {
      long left = HEARTBEAT.toNanos();
      while (number == seen && !closed && left > 0) {
        left = moved.awaitNanos(left);
      }
      Set<Topic> topics = EnumSet.noneOf(Topic.class);
      newest.forEach((topic, at) -> {
        if (at > seen) {
          topics.add(topic);
        }
      });
      return new News(topics, number, closed);
    } finally {
      lock.unlock();
    }
  }

  /** The one reader: goes on for as long as somebody listens. */
  private void read() {
    @Nullable Marks before = null;
    boolean over = false;
    try {
      do {
        Marks after = look();
        if (before != null && after != null) {
          publish(Topic.between(before, after));
        }
        before = after == null ? before : after;
      } while (goesOn());
      over = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!over) {
        broken();
      }
    }
  }

  /** Whoever comes next begins to read again. */
  private void broken() {
    lock.lock();
    try {
      reading = false;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Marks look() {
    try {
      return store.read(tx -> tx.overviews().marks());
    } catch (StoreException e) {
      LOG.log(Level.DEBUG, "Events have to wait for the store: {0}", e.getMessage());
      return null;
    }
  }

  private void publish(Set<Topic> topics) {
    if (topics.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      number++;
      topics.forEach(topic -> newest.put(topic, number));
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean goesOn() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK.toNanos();
      while (!closed && left > 0) {
        left = ended.awaitNanos(left);
      }
      reading = viewers > 0 && !closed;
      return reading;
    } finally {
      lock.unlock();
    }
  }

  /** Ends every viewer. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
