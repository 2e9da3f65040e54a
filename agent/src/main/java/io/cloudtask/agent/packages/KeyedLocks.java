package io.cloudtask.agent.packages;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * One at a time for each key, and now and then for two keys that fall together. They are held over
 * I/O, since keeping two threads out of one directory is what they are for; whoever holds one of an
 * instance takes no second one of it. Thread-safe.
 */
final class KeyedLocks {
  private final ReentrantLock[] locks =
      IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** Waits for its turn; close ends it. */
  Held hold(String key) throws InterruptedException {
    ReentrantLock lock = locks[Math.floorMod(key.hashCode(), locks.length)];
    lock.lockInterruptibly();
    return lock::unlock;
  }

  /** A turn. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
