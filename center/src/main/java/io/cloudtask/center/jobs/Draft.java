package io.cloudtask.center.jobs;

import io.cloudtask.schedule.ScheduleDefinition;
import java.util.Map;

/**
 * A schedule as read, before it is known whether it can fire.
 *
 * @param undated whether the text names no first day
 * @param spots where each wire field was written, so that a problem is shown there
 * @param section the place of the whole schedule, for fields that were not written
 */
record Draft(
    ScheduleDefinition definition, boolean undated, Map<String, Spot> spots, Section section) {
  Draft {
    spots = Map.copyOf(spots);
  }

  /** Where something was written, and what it is called there. */
  record Spot(String path, Place place) {
    static Spot of(Section section, String key) {
      return new Spot(section.path(key), section.place(key));
    }
  }

  /** Where to show a problem of a wire field: there, at what holds it, or at the schedule. */
  Spot spot(String field) {
    Spot spot = spots.get(field);
    int dot = field.indexOf('.');
    if (spot == null && dot > 0) {
      spot = spots.get(field.substring(0, dot));
    }
    return spot == null ? new Spot(section.path(), section.place()) : spot;
  }

  Draft with(ScheduleDefinition changed) {
    return new Draft(changed, undated, spots, section);
  }
}
