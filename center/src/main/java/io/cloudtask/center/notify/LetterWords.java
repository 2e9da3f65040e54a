package io.cloudtask.center.notify;

import io.cloudtask.model.notify.EventKind;
import io.cloudtask.store.NoticeRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A letter in plain words. Pure. */
final class LetterWords {
  private static final int MOST_ITEMS = 20;
  private static final int LONGEST_SUBJECT = 180;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LetterWords() {}

  /** One line without control characters. */
  static String subject(Letter letter) {
    String words =
        letter.items().size() == 1
            ? headline(letter.items().getFirst())
            : letter.items().size() + " events: " + counts(letter);
    String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 1) + "…";
  }

  private static String counts(Letter letter) {
    return letter.items().stream()
        .collect(
            Collectors.groupingBy(
                item -> item.notice().event().kind(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().written())
        .collect(Collectors.joining(", "));
  }

  /** What happened, in one sentence. */
  static String headline(Letter.Item item) {
    NoticeRow notice = item.notice();
    EventKind kind = notice.event().kind();
    String detail = notice.event().detail();
    String times = notice.times() > 1 ? " (" + notice.times() + " times)" : "";
    return subjectOf(item) + " " + kind.words() + times + (detail.isEmpty() ? "" : ": " + detail);
  }

  private static String subjectOf(Letter.Item item) {
    if (item.notice().event().kind().ofAgent()) {
      return "agent " + (item.host().isEmpty() ? item.notice().event().agentkey() : item.host());
    }
    Letter.Job job = item.job();
    return job == null ? "job " + item.notice().event().jobid() : job.words();
  }

  /** All of it. */
  static String text(Letter letter) {
    String items =
        letter.items().stream()
            .limit(MOST_ITEMS)
            .map(LetterWords::item)
            .collect(Collectors.joining("\n\n"));
    int more = letter.items().size() - MOST_ITEMS;
    return items
        + (more > 0 ? "\n\n... and " + more + " more." : "")
        + "\n\n-- \nCloudtask tells you because of the rule \""
        + letter.rule().name()
        + "\".\n";
  }

  private static String item(Letter.Item item) {
    NoticeRow notice = item.notice();
    StringBuilder text = new StringBuilder(headline(item)).append("\nwhen: ").append(time(notice));
    if (!item.host().isEmpty() && !notice.event().kind().ofAgent()) {
      text.append("\nhost: ").append(item.host());
    }
    if (!notice.event().runid().isEmpty()) {
      text.append("\nrun:  ").append(notice.event().runid());
    }
    if (!item.link().isEmpty()) {
      text.append("\nsee:  ").append(item.link());
    }
    if (!item.output().isEmpty()) {
      text.append("\n\nThe end of what it printed:\n").append(item.output().indent(4));
    }
    return text.toString().stripTrailing();
  }

  private static String time(NoticeRow notice) {
    String last = time(notice.event().at());
    return notice.times() > 1 ? "from " + time(notice.first()) + " to " + last : last;
  }

  private static String time(Instant at) {
    return TIME.format(at.truncatedTo(ChronoUnit.SECONDS));
  }
}
