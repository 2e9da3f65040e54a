package io.cloudtask.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Fire times, and what they were made of; few who compile a schedule want it in words. */
record CompiledSchedule(FireTimes times, ZoneId zone, ScheduleDefinition written)
    implements Schedule {
  @Override
  public String describe() {
    return new Words(written, zone).describe();
  }

  @Override
  public Optional<Instant> next(Instant after) {
    // A fire time has whole seconds, so it is after an instant if it is after that instant's
    // second.
    long second = times.after(after.getEpochSecond());
    return second == FireTimes.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(second));
  }
}
