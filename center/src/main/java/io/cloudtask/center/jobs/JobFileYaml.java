package io.cloudtask.center.jobs;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes jobs as a job file: reading it where they are gives the same definitions, and what has its
 * default is left out. The values of secrets are left out too.
 */
public final class JobFileYaml {
  private JobFileYaml() {}

  /** The text of a file. */
  public static String write(JobFile file) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("runtime", file.runtime());
    top.put("group", file.group());
    top.put("jobs", file.jobs().stream().map(JobFileYaml::job).toList());
    return new Dump(settings()).dumpToString(top);
  }

  private static DumpSettings settings() {
    return DumpSettings.builder()
        .setDefaultFlowStyle(FlowStyle.BLOCK)
        .setSchema(new CoreSchema())
        .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
        .setDereferenceAliases(true)
        .setSplitLines(false)
        .setWidth(Integer.MAX_VALUE)
        .setIndicatorIndent(2)
        .setIndentWithIndicator(true)
        .build();
  }

  private static Map<String, Object> job(JobDefinition job) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", job.name());
    putUnless(form, "description", job.description(), "");
    form.put("command", job.command());
    putUnless(form, "package", job.filename(), "");
    putUnless(form, "env", env(job.env()), Map.of());
    putUnless(form, "timeout", job.timeout(), 0L);
    putUnless(form, "servers", job.servers(), List.of());
    putUnless(form, "enabled", job.enabled(), true);
    putUnless(form, "overlap", word(job.overlap()), word(Overlap.SKIP));
    putUnless(form, "missed", word(job.missed()), word(Missed.SKIP));
    putUnless(form, "startdeadline", job.startdeadline(), 0L);
    putUnless(form, "guarantee", word(job.guarantee()), word(Guarantee.LEASED));
    Integer disconnect = job.ondisconnect();
    if (disconnect != null) {
      form.put("ondisconnect", disconnect);
    }
    putUnless(form, "timezone", job.timezone(), "");
    List<Object> schedules = new ArrayList<>();
    job.schedules().forEach(s -> schedules.add(ScheduleYaml.write(s, schedules.size() + 1)));
    putUnless(form, "schedules", schedules, List.of());
    return form;
  }

  /** Of a secret only that it is one. */
  private static Map<String, Object> env(List<String> env) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (String entry : env) {
      int equals = entry.indexOf('=');
      String value = entry.substring(equals + 1);
      boolean secret = Secrets.isSealed(value) || value.equals(Secrets.PLACEHOLDER);
      variables.put(entry.substring(0, equals), secret ? Map.of("secret", true) : value);
    }
    return variables;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void putUnless(
      Map<String, Object> form, String key, Object value, Object whenLeftOut) {
    if (!value.equals(whenLeftOut)) {
      form.put(key, value);
    }
  }
}
