package io.cloudtask.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Says a valid definition in words. */
final class Words {
  static final List<String> WEEKDAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final DateTimeFormatter WIRE_DATE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
  static final List<String> ORDINALS =
      List.of("last", "first", "second", "third", "fourth", "fifth");
  private static final int ALL_MONTHS = 0b1_1111_1111_1110;

  private final ScheduleDefinition written;
  private final ZoneId zone;
  private final WireText text = new WireText(new Problems());

  Words(ScheduleDefinition written, ZoneId zone) {
    this.written = written;
    this.zone = zone;
  }

  String describe() {
    String what =
        switch (written.turnmode()) {
          case 1 -> every("second") + window();
          case 2 -> every("minute") + window();
          case 3 -> every("hour") + window();
          case 4 -> every("day") + at();
          case 5 -> every("week") + " on " + weekdays() + at();
          case 6 -> monthDay() + " of " + months() + at();
          default -> CronWords.describe(cron());
        };
    return what + from() + until() + inZone();
  }

  private String cron() {
    return written.cron() == null ? "" : written.cron();
  }

  private String every(String unit) {
    return written.interval() == 1
        ? "every " + unit
        : "every " + written.interval() + " " + unit + "s";
  }

  private String window() {
    String end = written.endtime().isEmpty() ? "23:59" : clock(written.endtime());
    boolean overnight = Boolean.TRUE.equals(written.overnight());
    return " from " + start() + " to " + end + (overnight ? " of the next day" : "");
  }

  private String at() {
    return " at " + start();
  }

  private String start() {
    return written.starttime().isEmpty() ? "00:00" : clock(written.starttime());
  }

  private String weekdays() {
    return listed(text.numbers("selectat", written.selectat(), 0, 6, ""), WEEKDAYS, 0);
  }

  private String months() {
    int months = text.numbers("selectat", written.selectat(), 1, 12, "");
    return months == ALL_MONTHS ? "every month" : listed(months, MONTHS, 1);
  }

  private String monthDay() {
    int day = written.monthlyof().day();
    if (day > 0) {
      return "on day " + day;
    }
    if (day < 0) {
      return day == -1 ? "on the last day" : "on day " + -day + " from the end";
    }
    String week = written.monthlyof().week();
    return "on the "
        + ORDINALS.get(week.charAt(0) - '0')
        + " "
        + WEEKDAYS.get(week.charAt(2) - '0');
  }

  private String from() {
    boolean timed = written.turnmode() == 7 && !start().equals("00:00");
    return ", from " + isoDate(written.startdate()) + (timed ? " " + start() : "");
  }

  private String until() {
    if (written.enddate().isEmpty()) {
      return "";
    }
    boolean windowed = written.turnmode() <= 3 && !Boolean.TRUE.equals(written.overnight());
    String time = written.endtime().isEmpty() ? start() : clock(written.endtime());
    return ", until " + isoDate(written.enddate()) + (windowed ? "" : " " + time);
  }

  private String inZone() {
    boolean named = written.timezone() != null && !written.timezone().isEmpty();
    return named ? ", in the time of " + zone : "";
  }

  private String clock(String time) {
    return clock(text.minute("", time, 0));
  }

  /** A minute of the day as HH:mm. */
  static String clock(int minuteOfDay) {
    return String.format(Locale.ROOT, "%02d:%02d", minuteOfDay / 60, minuteOfDay % 60);
  }

  private static String isoDate(String wire) {
    return LocalDate.parse(wire, WIRE_DATE).toString();
  }

  /** "Monday, Tuesday and Friday": the names of the bits of a set. */
  static String listed(long set, List<String> names, int least) {
    List<String> chosen =
        IntStream.range(0, names.size())
            .filter(i -> (set >>> (i + least) & 1) != 0)
            .mapToObj(names::get)
            .toList();
    return and(chosen);
  }

  /** Items of a sentence: commas, and "and" before the last one. */
  static String and(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }
}
