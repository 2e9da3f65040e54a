package io.cloudtask.agent.lease;

import io.cloudtask.model.exchange.LeaseAnswer;
import java.time.Duration;

/** What an answer of the store says of the clock of this host. */
enum Reading {
  RIGHT,
  WRONG,
  /** The answer took so long that the way may be all that the clocks differ by. */
  UNSURE;

  /**
   * Judges an answer. The store compares its clock with ours of the moment of sending, so what the
   * request took to get there looks like a clock that is late.
   *
   * @param took from sending to the answer
   */
  static Reading of(LeaseAnswer answer, Duration took) {
    if (answer.fit()) {
      return RIGHT;
    }
    boolean late = answer.skew() < 0 && answer.skew() + took.toMillis() >= 0;
    return late ? UNSURE : WRONG;
  }
}
