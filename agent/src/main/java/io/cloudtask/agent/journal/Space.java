package io.cloudtask.agent.journal;

import java.io.IOException;
import java.time.Duration;

/** Where space for facts comes from when the disk is full. Not thread-safe. */
final class Space {
  private static final System.Logger LOG = System.getLogger(Space.class.getName());
  private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

  /** Something that needs space on the disk. */
  interface Write {
    void run() throws IOException;
  }

  private final Ballast ballast;
  private final Shed shed;
  private long filled = System.nanoTime() - REFILL_NANOS;

  Space(Ballast ballast, Shed shed) {
    this.ballast = ballast;
    this.shed = shed;
  }

  /** Tries, and frees space in between: first what was held back, then what matters less. */
  void write(Write write) throws IOException {
    try {
      write.run();
    } catch (IOException first) {
      if (!ballast.release() || !succeeds(write)) {
        shed.shed();
        write.run();
      }
    }
  }

  /** Holds space back again, at most once a minute. */
  void refill() {
    if (System.nanoTime() - filled < REFILL_NANOS) {
      return;
    }
    filled = System.nanoTime();
    try {
      ballast.fill();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no space to hold back yet", e);
    }
  }

  private static boolean succeeds(Write write) {
    try {
      write.run();
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the space that was held back is not enough", e);
      return false;
    }
  }
}
