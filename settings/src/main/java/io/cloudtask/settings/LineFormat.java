package io.cloudtask.settings;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Time, level, who, and what, on one line. Thread-safe. */
final class LineFormat extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private final ZoneId zone;
  private final boolean traces;

  /**
   * @param traces whether the trace of a fault follows its line
   */
  LineFormat(ZoneId zone, boolean traces) {
    this.zone = zone;
    this.traces = traces;
  }

  @Override
  public String format(LogRecord entry) {
    Throwable fault = entry.getThrown();
    StringBuilder line =
        new StringBuilder(TIME.format(Instant.ofEpochMilli(entry.getMillis()).atZone(zone)))
            .append(' ')
            .append(entry.getLevel().getName())
            .append(' ')
            .append(entry.getLoggerName())
            .append(": ")
            .append(formatMessage(entry).replaceAll("\\R", " | "));
    if (fault != null && !traces) {
      line.append(": ").append(fault);
    }
    line.append('\n');
    if (fault != null && traces) {
      StringWriter trace = new StringWriter();
      fault.printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }
}
