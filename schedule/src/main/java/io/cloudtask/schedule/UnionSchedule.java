package io.cloudtask.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Due when any part is due. */
record UnionSchedule(List<Schedule> parts, ZoneId zone) implements Schedule {
  UnionSchedule(List<Schedule> parts, ZoneId zone) {
    this.parts = List.copyOf(parts);
    this.zone = zone;
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<Instant> earliest = Optional.empty();
    for (Schedule part : parts) {
      Optional<Instant> next = part.next(after);
      if (earliest.isEmpty()
          || (next.isPresent() && next.orElseThrow().isBefore(earliest.orElseThrow()))) {
        earliest = next;
      }
    }
    return earliest;
  }

  @Override
  public String describe() {
    return parts.isEmpty()
        ? "never"
        : parts.stream().map(Schedule::describe).collect(Collectors.joining("; "));
  }
}
