package io.cloudtask.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Which day of a month a monthly schedule means, exactly as on the wire.
 *
 * @param day n &gt; 0: the n-th day; n &lt; 0: the n-th from the end (-1 is the last); 0: by {@code
 *     week}
 * @param week {@code "w:d"}, w 1..5 the w-th and 0 the last, d the weekday 0 (Sunday) to 6; "" when
 *     unused
 */
public record MonthlyOf(int day, String week) {
  /** What the console of old sent for every schedule that is not monthly. */
  public static final MonthlyOf UNUSED = new MonthlyOf(1, "");

  public MonthlyOf(int day, @Nullable String week) {
    this.day = day;
    this.week = week == null ? "" : week;
  }
}
