package io.cloudtask.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A compiled schedule. Immutable, thread-safe; two schedules of equal definition and zone give
 * equal answers.
 */
public interface Schedule {
  /**
   * The earliest fire time strictly after an instant.
   *
   * @param after any instant; fire times have whole seconds
   * @return empty when there is none, ever. The search is bounded: under 10 ms for every input.
   */
  Optional<Instant> next(Instant after);

  /** The zone whose calendar and clock decide. */
  ZoneId zone();

  /** The schedule in words, for example "every 2 minutes from 00:00 to 23:59, from 2018-03-19". */
  String describe();
}
