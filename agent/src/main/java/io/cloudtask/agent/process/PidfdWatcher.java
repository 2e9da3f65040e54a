package io.cloudtask.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.cloudtask.agent.process.LibC.NativeException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Learns of the end of processes: one thread waits for the pidfds of all of them, so that no wait
 * occupies a thread of its own or pins the carrier of a virtual one. Thread-safe.
 */
final class PidfdWatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PidfdWatcher.class.getName());

  private static final MethodHandle EPOLL_CREATE =
      LibC.withErrno("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      LibC.withErrno(
          "epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EPOLL_WAIT =
      LibC.withErrno(
          "epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD =
      LibC.withErrno("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD_WRITE =
      LibC.withErrno("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));

  private static final int CLOEXEC = LibC.O_CLOEXEC;
  private static final int ADD = 1;
  private static final int POLLIN = 1;
  private static final int ONESHOT =
      1 << 30; // an ended process would be told of until its pidfd is closed
  private static final int EINTR = 4;
  private static final int BATCH = 64;

  // struct epoll_event is packed on x86 alone.
  private static final boolean PACKED = System.getProperty("os.arch").matches("amd64|x86_64");
  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int EVENT_KEY = PACKED ? 4 : 8;
  private static final long WAKE = 0;

  private final int epoll;
  private final int wake;
  private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong(WAKE);
  private final Thread thread;
  private volatile boolean closed;

  PidfdWatcher() throws NativeException {
    epoll =
        (int) LibC.call("epoll_create1", errno -> (int) EPOLL_CREATE.invokeExact(errno, CLOEXEC));
    wake = (int) LibC.call("eventfd", errno -> (int) EVENTFD.invokeExact(errno, 0, CLOEXEC));
    add(wake, WAKE, POLLIN);
    thread = Thread.ofPlatform().daemon().name("process-exits").start(this::serve);
  }

  private record Watch(int pidfd, IntConsumer ended) {}

  /**
   * Calls {@code ended} once, on the watching thread, when the process of a pidfd has ended; it
   * must not block, and closes the pidfd, now or later.
   */
  void watch(int pidfd, IntConsumer ended) throws NativeException {
    long key = keys.incrementAndGet();
    watches.put(key, new Watch(pidfd, ended));
    try {
      add(pidfd, key, POLLIN | ONESHOT);
    } catch (NativeException e) {
      watches.remove(key);
      LibC.close(pidfd);
      throw e;
    }
  }

  /** Stops watching: what still runs is not heard of any more. */
  @Override
  public void close() {
    closed = true;
    try {
      LibC.call("eventfd_write", errno -> (int) EVENTFD_WRITE.invokeExact(errno, wake, 1L));
      thread.join();
    } catch (NativeException e) {
      LOG.log(Level.WARNING, "the thread that waits for processes goes on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(int fd, long key, int interest) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      event.set(JAVA_INT, 0, interest);
      event.set(JAVA_LONG_UNALIGNED, EVENT_KEY, key);
      LibC.call("epoll_ctl", errno -> (int) EPOLL_CTL.invokeExact(errno, epoll, ADD, fd, event));
    }
  }

  private void serve() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate((long) EVENT_BYTES * BATCH, 8);
      while (!closed) {
        int count = await(events);
        for (int i = 0; i < count; i++) {
          end(events.get(JAVA_LONG_UNALIGNED, (long) i * EVENT_BYTES + EVENT_KEY));
        }
      }
    } catch (NativeException e) {
      LOG.log(
          Level.ERROR,
          "ends of processes are not noticed any more; restart the agent, runs go on",
          e);
    } finally {
      watches.values().forEach(watch -> LibC.close(watch.pidfd()));
      LibC.close(epoll);
      LibC.close(wake);
    }
  }

  private int await(MemorySegment events) throws NativeException {
    try {
      return (int)
          LibC.call(
              "epoll_wait", errno -> (int) EPOLL_WAIT.invokeExact(errno, epoll, events, BATCH, -1));
    } catch (NativeException e) {
      if (e.errno == EINTR) {
        return 0;
      }
      throw e;
    }
  }

  private void end(long key) {
    Watch watch = watches.remove(key);
    if (watch != null) {
      watch.ended().accept(watch.pidfd());
    }
  }
}
