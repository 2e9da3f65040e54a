package io.cloudtask.simulation.world;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An answer that a fiber waits for. The first one counts. */
public final class Promise<T> {
  private final Life life;
  private boolean done;
  private @Nullable T value;
  private @Nullable Exception fault;
  private @Nullable Fiber waiting;

  /**
   * @param life of the one who waits
   */
  public Promise(Life life) {
    this.life = life;
  }

  /** Answers. */
  public void complete(T answer) {
    complete(answer, null);
  }

  /** Answers with a refusal or a fault. */
  public void fail(Exception failure) {
    complete(null, failure);
  }

  private void complete(@Nullable T answer, @Nullable Exception failure) {
    if (!done) {
      done = true;
      value = answer;
      fault = failure;
      if (waiting != null) {
        waiting.wake();
      }
    }
  }

  /**
   * Waits for it.
   *
   * @throws TimeoutException when it does not come in time
   * @throws Exception what it failed with
   */
  public T await(Duration atMost) throws Exception {
    if (!done) {
      waiting = life.fiber();
      var _ = waiting.await(atMost);
      waiting = null;
    }
    if (fault != null) {
      throw fault;
    }
    T answer = value;
    if (answer == null) {
      done = true;
      throw new TimeoutException("no answer within " + atMost.toMillis() + " ms");
    }
    return answer;
  }
}
