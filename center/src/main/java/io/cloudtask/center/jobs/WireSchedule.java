package io.cloudtask.center.jobs;

import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a schedule in the field names of the wire, as deployed clients write it. */
final class WireSchedule {
  static final List<String> KEYS =
      List.of(
          "id",
          "enabled",
          "turnmode",
          "interval",
          "startdate",
          "enddate",
          "starttime",
          "endtime",
          "selectat",
          "monthlyof",
          "cron",
          "timezone",
          "overnight");

  private WireSchedule() {}

  static List<Draft> read(Section.Item item, Findings findings) {
    return Section.of(item.value(), item.path(), KEYS, findings)
        .map(section -> List.of(draft(section, findings)))
        .orElse(List.of());
  }

  private static Draft draft(Section section, Findings findings) {
    Map<String, Draft.Spot> spots = new HashMap<>();
    for (String key : KEYS) {
      if (section.has(key)) {
        spots.put(key, Draft.Spot.of(section, key));
      }
    }
    MonthlyOf monthlyof =
        section
            .value("monthlyof")
            .flatMap(value ->
                Section.of(value, section.path("monthlyof"), List.of("day", "week"), findings))
            .map(inner -> monthlyOf(inner, spots))
            .orElse(MonthlyOf.UNUSED);
    ScheduleDefinition definition =
        new ScheduleDefinition(
            section.text("id").orElse(""),
            enabled(section),
            (int) section.whole("turnmode", 1, 7).orElse(1),
            section.whole("interval", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1),
            section.text("startdate").orElse(""),
            section.text("enddate").orElse(""),
            section.text("starttime").orElse(""),
            section.text("endtime").orElse(""),
            section.text("selectat").orElse(""),
            monthlyof,
            orNull(section.text("cron")),
            orNull(section.text("timezone")),
            section.flag("overnight").orElse(null));
    return new Draft(definition, false, spots, section);
  }

  private static MonthlyOf monthlyOf(Section section, Map<String, Draft.Spot> spots) {
    for (String key : List.of("day", "week")) {
      if (section.has(key)) {
        spots.put("monthlyof." + key, Draft.Spot.of(section, key));
      }
    }
    long day = section.whole("day", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0);
    return new MonthlyOf((int) day, section.text("week").orElse(""));
  }

  private static int enabled(Section section) {
    Optional<Located> value = section.value("enabled");
    if (value.isPresent()
        && value.get() instanceof Located.Scalar scalar
        && scalar.type() == Located.Kind.FLAG) {
      return section.flag("enabled").orElse(true) ? 1 : 0;
    }
    return (int) section.whole("enabled", 0, 1).orElse(1);
  }

  private static @Nullable String orNull(Optional<String> text) {
    return text.filter(value -> !value.isEmpty()).orElse(null);
  }
}
