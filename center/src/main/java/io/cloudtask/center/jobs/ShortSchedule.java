package io.cloudtask.center.jobs;

import io.cloudtask.schedule.ScheduleDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a schedule in the short form of job files. */
final class ShortSchedule {
  static final List<String> KINDS = List.of("every", "daily", "weekly", "monthly", "cron");
  static final List<String> KEYS =
      List.of(
          "every",
          "daily",
          "weekly",
          "monthly",
          "cron",
          "between",
          "timezone",
          "from",
          "until",
          "enabled",
          "id");

  private final Section section;
  private final Map<String, Draft.Spot> spots = new HashMap<>();

  private ShortSchedule(Section section) {
    this.section = section;
  }

  /**
   * Reads a schedule, which becomes several when it names several times of day.
   *
   * @param number of the first of them in its job, for its id
   */
  static List<Draft> read(Section.Item item, int number, Findings findings) {
    Optional<Section> section = Section.of(item.value(), item.path(), KEYS, findings);
    return section.map(s -> new ShortSchedule(s).drafts(number, findings)).orElse(List.of());
  }

  /** The id of the n-th schedule of a job that names none. */
  static String defaultId(int number) {
    return "s" + number;
  }

  private List<Draft> drafts(int number, Findings findings) {
    List<String> kinds = KINDS.stream().filter(section::has).toList();
    if (kinds.size() != 1) {
      String found = kinds.isEmpty() ? "none" : String.join(" and ", kinds);
      findings.add(
          section.path(),
          section.place(),
          "needs exactly one of " + String.join(", ", KINDS) + "; it has " + found);
      return List.of();
    }
    String kind = kinds.getFirst();
    if (section.has("between") && !kind.equals("every")) {
      section.wrong("between", "goes with every alone, not with " + kind);
    }
    List<Draft> drafts = new ArrayList<>();
    for (Shape shape : new Shapes(section, spots, findings).read(kind)) {
      drafts.add(draft(shape, number + drafts.size()));
    }
    return drafts;
  }

  private Draft draft(Shape shape, int number) {
    note("startdate", "from");
    note("enddate", "until");
    note("timezone", "timezone");
    Optional<LocalDate> from = date("from");
    ScheduleDefinition definition =
        new ScheduleDefinition(
            section.text("id").orElse(defaultId(number)),
            section.flag("enabled").orElse(true) ? 1 : 0,
            shape.turnmode(),
            shape.interval(),
            from.map(Dates::wire).orElse(""),
            date("until")
                .map(day -> Dates.wire(day.plusDays(shape.overnight() ? 1 : 0)))
                .orElse(""),
            shape.starttime(),
            // A cron expression has no time of its own: without this its last day would end at
            // midnight.
            shape.turnmode() == 7 && section.has("until") ? "23:59" : shape.endtime(),
            shape.selectat(),
            shape.monthlyof(),
            shape.cron(),
            section.text("timezone").orElse(null),
            shape.overnight() ? Boolean.TRUE : null);
    return new Draft(definition, !section.has("from"), spots, section);
  }

  private Optional<LocalDate> date(String key) {
    Optional<String> text = section.text(key);
    Optional<LocalDate> date = text.flatMap(Dates::iso);
    if (text.isPresent() && date.isEmpty()) {
      section.wrong(key, Words.quote(text.get()) + " is no date; write yyyy-MM-dd");
    }
    return date;
  }

  private void note(String field, String key) {
    if (section.has(key)) {
      spots.put(field, Draft.Spot.of(section, key));
    }
  }
}
