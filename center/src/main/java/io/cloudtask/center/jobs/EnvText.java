package io.cloudtask.center.jobs;

import io.cloudtask.center.secrets.Sealing;
import io.cloudtask.center.secrets.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the environment of a job: a mapping, or a list of "K=V". A value of a mapping may be one
 * itself, {@code {value: V, secret: true}}. What was secret stays so until it is said otherwise,
 * and keeps its value when the placeholder comes back, or no value at all.
 */
final class EnvText {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final String RESERVED = "CLOUDTASK_";
  private static final int MAX_ENTRIES = 500;

  /** Linux admits 128 KiB for one argument or variable. */
  private static final int LONGEST_VALUE = 64 * 1024;

  private final Map<String, String> sealed = new HashMap<>();
  private final Sealing sealing;
  private final Findings findings;
  private final Set<String> seen = new HashSet<>();
  private final List<String> env = new ArrayList<>();

  /** A variable as it is written. */
  private record Written(
      String path, Place place, String name, @Nullable String value, @Nullable Boolean secret) {}

  private EnvText(List<String> before, Sealing sealing, Findings findings) {
    for (String entry : before) {
      String[] parts = entry.split("=", 2);
      if (Secrets.isSealed(parts[1])) {
        sealed.put(parts[0], parts[1]);
      }
    }
    this.sealing = sealing;
    this.findings = findings;
  }

  /**
   * The variables as a definition has them.
   *
   * @param before those of the job as it is
   */
  static List<String> read(Section job, List<String> before, Sealing sealing, Findings findings) {
    EnvText text = new EnvText(before, sealing, findings);
    Optional<Located> value = job.value("env");
    if (value.isPresent() && value.get() instanceof Located.Mapping mapping) {
      mapping.entries().forEach(entry -> text.entry(job.path("env"), entry));
    } else {
      job.items("env", false).forEach(text::item);
    }
    if (text.env.size() > MAX_ENTRIES) {
      job.wrong("env", "has more than " + MAX_ENTRIES + " variables");
    }
    return text.env;
  }

  private void entry(String path, Located.Entry entry) {
    String here = TreeBuilder.join(path, entry.key());
    if (entry.value() instanceof Located.Mapping) {
      Section.of(entry.value(), here, List.of("value", "secret"), findings)
          .ifPresent(section ->
              add(
                  new Written(
                      here,
                      entry.place(),
                      entry.key(),
                      section.lines("value").orElse(null),
                      section.flag("secret").orElse(null))));
      return;
    }
    boolean nothing =
        entry.value() instanceof Located.Scalar scalar && scalar.type() == Located.Kind.NOTHING;
    Optional<String> value =
        nothing ? Optional.of("") : Values.lines(entry.value(), here, findings);
    value.ifPresent(text -> add(new Written(here, entry.place(), entry.key(), text, null)));
  }

  private void item(Section.Item item) {
    Optional<String> text = Values.lines(item.value(), item.path(), findings);
    if (text.isEmpty()) {
      return;
    }
    int equals = text.get().indexOf('=');
    if (equals < 0) {
      findings.add(
          item.path(), item.value().place(), Words.quote(text.get()) + " is not NAME=VALUE");
      return;
    }
    String name = text.get().substring(0, equals);
    String value = text.get().substring(equals + 1);
    add(new Written(item.path(), item.value().place(), name, value, null));
  }

  private void add(Written written) {
    String name = written.name;
    if (!KEY.matcher(name).matches()) {
      wrong(
          written,
          Words.quote(name)
              + " is no name of a variable; allowed are 1 to 128 letters, digits and underscores,"
              + " no digit first");
    } else if (name.startsWith(RESERVED)) {
      wrong(written, name + " is set by Cloudtask itself; choose another name");
    } else if (!seen.add(name)) {
      wrong(written, name + " is set twice");
    } else {
      env.add(name + '=' + value(written));
    }
  }

  private String value(Written written) {
    String name = written.name;
    String value = written.value;
    String before = sealed.get(name);
    boolean secret = written.secret == null ? before != null : written.secret;
    if (value == null || value.equals(Secrets.PLACEHOLDER)) {
      if (before != null && secret) {
        return before;
      }
      wrong(written, name + " has no value yet; write the value itself");
      return "";
    }
    if (value.length() > LONGEST_VALUE) {
      wrong(written, "the value of " + name + " is longer than 64 KiB");
    } else if (Secrets.isSealed(value)) {
      wrong(written, "the value of " + name + " is a sealed one; write the value itself");
    }
    return secret ? sealing.seal(name, value, before) : value;
  }

  private void wrong(Written written, String message) {
    findings.add(written.path, written.place, message);
  }
}
