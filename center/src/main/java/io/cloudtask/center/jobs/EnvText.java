package io.cloudtask.center.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the environment of a job: a mapping, or a list of "K=V". */
final class EnvText {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final String RESERVED = "CLOUDTASK_";
  private static final int MAX_ENTRIES = 500;

  /** Linux admits 128 KiB for one argument or variable. */
  private static final int LONGEST_VALUE = 64 * 1024;

  private final Findings findings;
  private final Set<String> seen = new HashSet<>();
  private final List<String> env = new ArrayList<>();

  private EnvText(Findings findings) {
    this.findings = findings;
  }

  static List<String> read(Section job, Findings findings) {
    EnvText text = new EnvText(findings);
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
    boolean nothing =
        entry.value() instanceof Located.Scalar scalar && scalar.type() == Located.Kind.NOTHING;
    Optional<String> value =
        nothing ? Optional.of("") : Values.lines(entry.value(), here, findings);
    value.ifPresent(text -> add(here, entry.place(), entry.key(), text));
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
    add(
        item.path(),
        item.value().place(),
        text.get().substring(0, equals),
        text.get().substring(equals + 1));
  }

  private void add(String path, Place place, String key, String value) {
    if (!KEY.matcher(key).matches()) {
      findings.add(
          path,
          place,
          Words.quote(key)
              + " is no name of a variable; allowed are 1 to 128 letters, digits and underscores,"
              + " no digit first");
    } else if (key.startsWith(RESERVED)) {
      findings.add(path, place, key + " is set by Cloudtask itself; choose another name");
    } else if (!seen.add(key)) {
      findings.add(path, place, key + " is set twice");
    } else if (value.length() > LONGEST_VALUE) {
      findings.add(path, place, "the value of " + key + " is longer than 64 KiB");
    }
    env.add(key + "=" + value);
  }
}
