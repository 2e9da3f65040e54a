package io.cloudtask.agent.lease;

import io.cloudtask.model.exchange.LeaseAnswer;
import java.time.Duration;

/** What an answer of the store says of the clock of this host. */
enum Reading {
  RIGHT,
  WRONG,
  /** The answer took so long that the way may be all that decides. */
  UNSURE;

  /**
   * Judges an answer. The store compares its clock with ours of the moment of sending, so what the
   * request took to get there looks like a clock that is late: by how much ours is ahead lies
   * between what the store says and that plus the whole time that the answer took. It is right or
   * wrong when all of that is.
   *
   * @param took from sending to the answer
   */
  static Reading of(LeaseAnswer answer, Duration took) {
    long least = answer.skew();
    long most = least + took.toMillis();
    long tolerance = answer.tolerance();
    if (tolerance <= 0) {
      return answer.fit() ? RIGHT : WRONG;
    }
    if (least > tolerance || most < -tolerance) {
      return WRONG;
    }
    return least >= -tolerance && most <= tolerance ? RIGHT : UNSURE;
  }
}
