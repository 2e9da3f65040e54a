package io.cloudtask.center.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One mapping of a job file, read key by key. Whatever is wrong becomes a finding at its place, and
 * the caller gets "nothing there" for it, so that reading goes on to the next mistake.
 */
final class Section {
  private final Located.Mapping mapping;
  private final String path;
  private final Findings findings;

  private Section(Located.Mapping mapping, String path, Findings findings) {
    this.mapping = mapping;
    this.path = path;
    this.findings = findings;
  }

  /** A value as a section; empty, with a finding, when it is no mapping. Unknown keys are found. */
  static Optional<Section> of(Located value, String path, List<String> known, Findings findings) {
    if (!(value instanceof Located.Mapping mapping)) {
      findings.add(
          path,
          value.place(),
          "is " + value.kind() + "; it has to be a mapping with " + String.join(", ", known));
      return Optional.empty();
    }
    Section section = new Section(mapping, path, findings);
    for (Located.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        findings.add(
            section.path(entry.key()),
            entry.place(),
            () ->
                "unknown key "
                    + Words.quote(entry.key())
                    + "; "
                    + Words.instead(entry.key(), known));
      }
    }
    return Optional.of(section);
  }

  String path() {
    return path;
  }

  String path(String key) {
    return TreeBuilder.join(path, key);
  }

  Place place() {
    return mapping.place();
  }

  /** Where a key's value stands; where the section begins when the key is absent. */
  Place place(String key) {
    return entry(key).map(entry -> entry.value().place()).orElse(mapping.place());
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  /** The value of a key; empty when it is absent or says nothing. */
  Optional<Located> value(String key) {
    return entry(key)
        .map(Located.Entry::value)
        .filter(value ->
            !(value instanceof Located.Scalar scalar && scalar.type() == Located.Kind.NOTHING));
  }

  private Optional<Located.Entry> entry(String key) {
    return mapping.entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  void wrong(String key, String message) {
    wrong(key, () -> message);
  }

  /** For a message that costs something. */
  void wrong(String key, Supplier<String> message) {
    findings.add(path(key), place(key), message);
  }

  /** Finds a key missing that has to be there. */
  boolean requires(String key, String what) {
    if (!has(key)) {
      findings.add(path(key), place(key), "is missing; write " + what);
      return false;
    }
    return true;
  }

  /** Text of one line. */
  Optional<String> text(String key) {
    return value(key).flatMap(value -> Values.text(value, path(key), findings));
  }

  /** Text of several lines; an unquoted number or true is taken as it is written. */
  Optional<String> lines(String key) {
    return value(key).flatMap(value -> Values.lines(value, path(key), findings));
  }

  Optional<Boolean> flag(String key) {
    Optional<Located> value = value(key);
    if (value.isPresent()
        && value.get() instanceof Located.Scalar scalar
        && scalar.type() == Located.Kind.FLAG) {
      return Optional.of(scalar.text().equalsIgnoreCase("true"));
    }
    value.ifPresent(found -> wrong(key, "is " + found.kind() + "; write true or false"));
    return Optional.empty();
  }

  /** A whole number within bounds, both included. */
  OptionalLong whole(String key, long least, long most) {
    return value(key)
        .map(value -> Values.whole(value, path(key), least, most, findings))
        .orElse(OptionalLong.empty());
  }

  /** A length of time in seconds, as a number or like 90s, 5m, 1h30m. */
  OptionalLong seconds(String key, long most) {
    return value(key)
        .map(value -> Durations.seconds(value, path(key), most, findings))
        .orElse(OptionalLong.empty());
  }

  /** Likewise, where a word in any case of letters stands for none. */
  OptionalLong seconds(String key, String none, long most) {
    boolean isNone =
        value(key)
            .filter(Located.Scalar.class::isInstance)
            .map(value -> ((Located.Scalar) value).text().equalsIgnoreCase(none))
            .orElse(false);
    return isNone ? OptionalLong.empty() : seconds(key, most);
  }

  /** A word of an enum, in any case of letters. */
  <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
    List<String> allowed =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return text(key)
        .flatMap(word -> {
          int index = allowed.indexOf(word.toLowerCase(Locale.ROOT));
          if (index < 0) {
            wrong(key, Words.quote(word) + " is not allowed; " + Words.instead(word, allowed));
            return Optional.empty();
          }
          return Optional.of(type.getEnumConstants()[index]);
        });
  }

  /** The items of a list; a single value counts as a list of one when {@code single} says so. */
  List<Item> items(String key, boolean single) {
    Optional<Located> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Located.Sequence sequence) {
      List<Item> items = new ArrayList<>();
      for (Located item : sequence.items()) {
        items.add(new Item(path(key) + "[" + items.size() + "]", item));
      }
      return items;
    }
    if (single) {
      return List.of(new Item(path(key), value.get()));
    }
    wrong(key, "is " + value.get().kind() + "; it has to be a list");
    return List.of();
  }

  /** The items of a list that has at most so many; of a longer one the first, with a finding. */
  List<Item> items(String key, boolean single, int most, String what) {
    List<Item> items = items(key, single);
    if (items.size() <= most) {
      return items;
    }
    wrong(key, "has more than " + most + " " + what);
    return items.subList(0, most);
  }

  /** An item of a list, and how it is called. */
  record Item(String path, Located value) {}
}
