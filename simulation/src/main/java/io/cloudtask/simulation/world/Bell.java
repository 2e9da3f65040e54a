package io.cloudtask.simulation.world;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wakes a fiber early; rung while that works, it wakes it once more. */
public final class Bell {
  private final Life life;
  private boolean rung;
  private @Nullable Fiber waiting;

  public Bell(Life life) {
    this.life = life;
  }

  public void ring() {
    rung = true;
    if (waiting != null) {
      waiting.wake();
    }
  }

  /** Waits until it rings or the time is over. */
  public void await(Duration atMost) {
    if (!rung) {
      waiting = life.fiber();
      var _ = waiting.await(atMost);
      waiting = null;
    }
    rung = false;
  }
}
