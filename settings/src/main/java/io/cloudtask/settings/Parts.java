package io.cloudtask.settings;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The parts that run, ended in the reverse of the order in which they were started. Thread-safe;
 * what is added after the end is ended at once, so that a start that is overtaken by a stop leaves
 * nothing.
 */
public final class Parts implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Parts.class.getName());

  private record Part(String name, AutoCloseable ending) {}

  private final Deque<Part> running = new ArrayDeque<>();
  private boolean closed;

  /** Notes a part that has started, and gives it back. */
  public <T extends AutoCloseable> T add(String name, T part) {
    synchronized (this) {
      if (!closed) {
        running.push(new Part(name, part));
        return part;
      }
    }
    end(new Part(name, part));
    return part;
  }

  /** Ends all parts; one that fails does not keep the others. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Part part = next(); part != null; part = next()) {
      end(part);
    }
  }

  private synchronized @Nullable Part next() {
    return running.poll();
  }

  private static void end(Part part) {
    try {
      part.ending().close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "The " + part.name() + " did not end well", e);
    }
  }
}
