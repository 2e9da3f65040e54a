package io.cloudtask.center.jobs;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.ApplyResult.Change;
import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.schedule.Schedules;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How two definitions of a job differ, field by field in the words of job files. Pure. */
public final class Differences {
  private static final String VALUE = "(a value)";
  private static final String OTHER_VALUE = "(another value)";

  private final List<Change> changes = new ArrayList<>();

  private Differences() {}

  public static List<Change> of(JobDefinition before, JobDefinition after) {
    Differences differences = new Differences();
    differences.fields(before, after);
    differences.env(before.env(), after.env());
    differences.schedules(before, after);
    return List.copyOf(differences.changes);
  }

  private void fields(JobDefinition before, JobDefinition after) {
    add("runtime", before.runtime(), after.runtime());
    add("group", before.group(), after.group());
    add("name", before.name(), after.name());
    add("command", before.command(), after.command());
    add("package", before.filename(), after.filename());
    add("timeout", seconds(before.timeout()), seconds(after.timeout()));
    add("servers", String.join(", ", before.servers()), String.join(", ", after.servers()));
    add("enabled", String.valueOf(before.enabled()), String.valueOf(after.enabled()));
    add("overlap", word(before.overlap()), word(after.overlap()));
    add("missed", word(before.missed()), word(after.missed()));
    add("startdeadline", seconds(before.startdeadline()), seconds(after.startdeadline()));
    add("guarantee", word(before.guarantee()), word(after.guarantee()));
    add("ondisconnect", disconnect(before), disconnect(after));
    add("timezone", before.timezone(), after.timezone());
    add("description", before.description(), after.description());
  }

  /** Values may be secrets, and plans end up in the logs of build servers: only names are told. */
  private void env(List<String> before, List<String> after) {
    Map<String, String> old = variables(before);
    Map<String, String> young = variables(after);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(young.keySet());
    int known = changes.size();
    for (String name : names) {
      if (!Objects.equals(old.get(name), young.get(name))) {
        String was = kind(old.get(name), VALUE);
        String is = kind(young.get(name), VALUE);
        add("env." + name, was, is.equals(was) ? kind(young.get(name), OTHER_VALUE) : is);
      }
    }
    if (known == changes.size()) { // then at most their order changed
      add("env", String.join(", ", old.keySet()), String.join(", ", young.keySet()));
    }
  }

  private static String kind(@Nullable String value, String plain) {
    if (value == null) {
      return "";
    }
    return !Secrets.isSealed(value)
        ? plain
        : plain.equals(VALUE) ? Secrets.PLACEHOLDER : "(another secret)";
  }

  private static Map<String, String> variables(List<String> env) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String entry : env) {
      String[] parts = entry.split("=", 2);
      variables.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return variables;
  }

  private void schedules(JobDefinition before, JobDefinition after) {
    int most = Math.max(before.schedules().size(), after.schedules().size());
    for (int i = 0; i < most; i++) {
      ScheduleDefinition old = i < before.schedules().size() ? before.schedules().get(i) : null;
      ScheduleDefinition young = i < after.schedules().size() ? after.schedules().get(i) : null;
      if (Objects.equals(old, young)) {
        continue;
      }
      String was = old == null ? "" : words(old, before.timezone());
      String is = young == null ? "" : words(young, after.timezone());
      boolean alike = was.equals(is);
      changes.add(
          new Change(
              "schedules[" + i + "]",
              alike && old != null ? json(old) : was,
              alike && young != null ? json(young) : is));
    }
  }

  private static String words(ScheduleDefinition schedule, String timezone) {
    ZoneId zone = timezone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timezone);
    return switch (Schedules.compile(schedule, zone)) {
      case Compiled.Valid(var compiled) ->
          schedule.enabled() == 1 ? compiled.describe() : compiled.describe() + " (disabled)";
      case Compiled.Invalid invalid -> json(schedule);
    };
  }

  private static String json(ScheduleDefinition schedule) {
    return Json.MAPPER.writeValueAsString(schedule);
  }

  private void add(String field, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new Change(field, before, after));
    }
  }

  private static String disconnect(JobDefinition job) {
    Integer seconds = job.ondisconnect();
    return seconds == null ? JobText.KEEP : seconds(seconds);
  }

  private static String seconds(long value) {
    return value + " s";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
