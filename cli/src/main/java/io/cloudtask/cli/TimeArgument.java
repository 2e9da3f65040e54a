package io.cloudtask.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** An instant as a person types it. */
final class TimeArgument {
  private TimeArgument() {}

  /**
   * RFC 3339, or a local time like {@code 2026-11-24 02:30[:00]}, or {@code 02:30[:00]} for today.
   * A local time that comes twice is its first pass, and one that is skipped is the first instant
   * after the gap: what schedules do.
   *
   * @param clock says which day today is, and where local is
   * @throws IllegalArgumentException with what is allowed
   */
  static Instant parse(String text, Clock clock) {
    ZoneId zone = clock.getZone();
    String iso = text.strip().replace(' ', 'T');
    if (iso.matches("\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?")) {
      iso = LocalDate.now(clock) + "T" + iso;
    }
    try {
      boolean local = iso.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?");
      return local ? local(LocalDateTime.parse(iso), zone) : OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no time: write 2026-11-24T02:30:00Z, '2026-11-24 02:30' in "
              + zone
              + ", or 02:30 for today",
          e);
    }
  }

  private static Instant local(LocalDateTime time, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
