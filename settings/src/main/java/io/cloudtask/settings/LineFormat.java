package io.cloudtask.settings;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record on one line. Thread-safe. */
final class LineFormat extends Formatter {
  private final DateTimeFormatter time;
  private final boolean whole;

  private LineFormat(String time, ZoneId zone, boolean whole) {
    this.time = DateTimeFormatter.ofPattern(time, Locale.ROOT).withZone(zone);
    this.whole = whole;
  }

  /** With the date, the name of the logger, and the trace of a fault after its line. */
  static LineFormat whole(ZoneId zone) {
    return new LineFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", zone, true);
  }

  /** For a person who watches, or a service manager that has a clock of its own. */
  static LineFormat brief(ZoneId zone) {
    return new LineFormat("HH:mm:ss", zone, false);
  }

  @Override
  public String format(LogRecord entry) {
    Throwable fault = entry.getThrown();
    StringBuilder line = new StringBuilder(time.format(Instant.ofEpochMilli(entry.getMillis())));
    line.append(' ').append(entry.getLevel().getName()).append(' ');
    if (whole) {
      line.append(entry.getLoggerName()).append(": ");
    }
    line.append(formatMessage(entry).replaceAll("\\R", " | "));
    if (fault != null && !whole) {
      line.append(": ").append(fault);
    }
    line.append('\n');
    if (fault != null && whole) {
      StringWriter trace = new StringWriter();
      fault.printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }
}
