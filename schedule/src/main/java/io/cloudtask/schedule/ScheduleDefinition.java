package io.cloudtask.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is written down, in the field names of the wire. It is plain text and numbers
 * and may say nonsense; {@link Schedules} tells.
 *
 * <p>Absent text is {@code ""} (a null argument becomes ""); the three fields that the wire of old
 * does not know are null when absent and then do not appear in JSON at all.
 *
 * @param id free text; NOT unique within a job
 * @param enabled 1 or 0
 * @param turnmode 1 seconds, 2 minutes, 3 hours, 4 days, 5 weeks, 6 months, 7 cron
 * @param interval at least 1, in the unit of the mode
 * @param startdate {@code MM/dd/yyyy}
 * @param enddate {@code MM/dd/yyyy} or ""
 * @param starttime {@code HH:mm} or {@code H:mm}
 * @param endtime the same, or ""
 * @param selectat weekdays 0..6 (mode 5) or months 1..12 (mode 6), comma separated
 * @param monthlyof the day of the month (mode 6)
 * @param cron mode 7: five fields, or six with seconds first, or a macro such as {@code @daily}
 * @param timezone IANA id; null: the zone of the job
 * @param overnight true: the window of modes 1-3 crosses midnight and belongs to the day on which
 *     it begins
 */
public record ScheduleDefinition(
    String id,
    int enabled,
    int turnmode,
    long interval,
    String startdate,
    String enddate,
    String starttime,
    String endtime,
    String selectat,
    MonthlyOf monthlyof,
    @Nullable String cron,
    @Nullable String timezone,
    @Nullable Boolean overnight) {

  public ScheduleDefinition(
      @Nullable String id,
      int enabled,
      int turnmode,
      long interval,
      @Nullable String startdate,
      @Nullable String enddate,
      @Nullable String starttime,
      @Nullable String endtime,
      @Nullable String selectat,
      @Nullable MonthlyOf monthlyof,
      @Nullable String cron,
      @Nullable String timezone,
      @Nullable Boolean overnight) {
    this.id = text(id);
    this.enabled = enabled;
    this.turnmode = turnmode;
    this.interval = interval;
    this.startdate = text(startdate);
    this.enddate = text(enddate);
    this.starttime = text(starttime);
    this.endtime = text(endtime);
    this.selectat = text(selectat);
    this.monthlyof = monthlyof == null ? MonthlyOf.UNUSED : monthlyof;
    this.cron = cron;
    this.timezone = timezone;
    this.overnight = overnight;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
