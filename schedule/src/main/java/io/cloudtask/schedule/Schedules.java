package io.cloudtask.schedule;

import java.time.ZoneId;
import java.util.List;

/** The door of this module. Thread-safe; nothing here reads a clock. */
public final class Schedules {
  private Schedules() {}

  /**
   * Compiles a definition, whether it is enabled or not.
   *
   * @param definition as written
   * @param zone used when the definition names none
   */
  public static Compiled compile(ScheduleDefinition definition, ZoneId zone) {
    return new Compilation(definition, zone).run();
  }

  /**
   * The union of schedules: due when any is due; due at one instant twice counts once. Empty list:
   * never due.
   */
  public static Schedule union(List<Schedule> schedules, ZoneId zone) {
    return new UnionSchedule(schedules, zone);
  }
}
