package io.cloudtask.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings one by one, each with what is allowed, and remembers what was wrong, so that a
 * person mends a file once. Every key that is asked for is known; what is never asked for is not.
 * Not thread-safe.
 */
public final class Settings {
  private final Map<String, Setting> settings;
  private final TreeSet<String> known = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  Settings(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /** Any text. */
  public String text(String key, String usual) {
    return read(key, usual, "a text", Optional::of);
  }

  /** A text that no message shows; "" when none is written. */
  public String secret(String key) {
    known.add(key);
    Setting setting = settings.get(key);
    if (setting == null) {
      return "";
    }
    if (!setting.isPlain()) {
      problem(key, "is no plain text");
      return "";
    }
    return setting.values().getFirst();
  }

  /** Whether somebody wrote something for a key. */
  public boolean has(String key) {
    return settings.containsKey(key);
  }

  /**
   * Lets a section be there that means nothing here, with whatever is in it.
   *
   * @return whether it is there
   */
  public boolean passOver(String section) {
    List<String> keys =
        settings.keySet().stream()
            .filter(key -> key.equals(section) || key.startsWith(section + '.'))
            .toList();
    known.addAll(keys);
    return !keys.isEmpty();
  }

  /**
   * A text that matches a regular expression as a whole.
   *
   * @param allowed the same in words
   */
  public String matching(String key, String usual, String pattern, String allowed) {
    return read(
        key, usual, allowed, text -> text.matches(pattern) ? Optional.of(text) : Optional.empty());
  }

  /** True or false. */
  public boolean flag(String key, boolean usual) {
    return read(
        key,
        usual,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** A whole number between two, both included. */
  public long number(String key, long usual, long least, long most) {
    return read(
        key,
        usual,
        "a whole number from %d to %d".formatted(least, most),
        text ->
            text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text)).filter(n -> n >= least && n <= most)
                : Optional.empty());
  }

  /** A duration; the usual one as it would be written. */
  public WrittenDuration duration(String key, String usual) {
    return read(
        key,
        WrittenDuration.parse(usual).orElseThrow(),
        WrittenDuration.ALLOWED,
        WrittenDuration::parse);
  }

  /** A duration between two, both included, as they would be written. */
  public WrittenDuration duration(String key, String usual, String least, String most) {
    WrittenDuration low = WrittenDuration.parse(least).orElseThrow();
    WrittenDuration high = WrittenDuration.parse(most).orElseThrow();
    return read(
        key,
        WrittenDuration.parse(usual).orElseThrow(),
        "a duration from %s to %s, such as %s".formatted(least, most, usual),
        text ->
            WrittenDuration.parse(text)
                .filter(each -> each.value().compareTo(low.value()) >= 0)
                .filter(each -> each.value().compareTo(high.value()) <= 0));
  }

  /**
   * The sections of a list, such as {@code notifications.endpoints[1]}, in their order; each is the
   * beginning of the keys in it.
   */
  public List<String> sections(String key) {
    Pattern section = Pattern.compile(Pattern.quote(key) + "\\[\\d+\\]");
    known.add(key);
    Setting setting = settings.get(key);
    if (setting != null && setting.items().stream().anyMatch(item -> !item.isEmpty())) {
      wrong(setting, "a list of sections");
    }
    return settings.keySet().stream()
        .map(section::matcher)
        .filter(Matcher::lookingAt)
        .map(Matcher::group)
        .distinct()
        .toList();
  }

  /** The name of a constant, in any case of letters. */
  public <T extends Enum<T>> T oneOf(String key, T usual) {
    T[] all = usual.getDeclaringClass().getEnumConstants();
    List<String> names = List.of(all).stream().map(each -> lower(each.name())).toList();
    return read(
        key,
        usual,
        "one of " + String.join(", ", names),
        text -> {
          int index = names.indexOf(lower(text));
          return index < 0 ? Optional.empty() : Optional.of(all[index]);
        });
  }

  /** An http or https URL without a path; "" when none is written. */
  public String baseUrl(String key) {
    return read(key, "", "a URL such as http://192.168.2.80:8985", Settings::asBaseUrl);
  }

  /**
   * Several values: a list, or a text with commas, which is how a variable holds them.
   *
   * @param item empty when a value is not allowed
   * @param of what is allowed, in words
   */
  public List<String> list(
      String key, List<String> usual, Function<String, Optional<?>> item, String of) {
    known.add(key);
    Setting setting = settings.get(key);
    if (setting == null) {
      return usual;
    }
    List<String> values = setting.items();
    if (values.isEmpty() || values.stream().anyMatch(value -> item.apply(value).isEmpty())) {
      wrong(setting, of);
      return usual;
    }
    return values;
  }

  /** Adds a problem that concerns more than the form of one value. */
  public void problem(String key, String message) {
    String place = place(key).map(setting -> setting.where() + ": ").orElse("");
    problems.add(place + key + " " + message);
  }

  /** What was written for a key, or else the first of its section. */
  private Optional<Setting> place(String key) {
    String section = key.substring(0, key.lastIndexOf('.') + 1);
    return Optional.ofNullable(settings.get(key))
        .or(() ->
            settings.values().stream()
                .filter(each -> !section.isEmpty() && each.key().startsWith(section))
                .findFirst());
  }

  /** Every key that has been asked for. */
  public Set<String> keys() {
    return Set.copyOf(known);
  }

  /**
   * To be called when every known key has been asked for.
   *
   * @throws ConfigException naming all that is wrong
   */
  public void check() throws ConfigException {
    for (Setting setting : settings.values()) {
      if (!known.contains(setting.key())) {
        problems.add(
            "%s: there is no key %s; %s"
                .formatted(setting.where(), setting.key(), alternatives(setting.key())));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private <T> T read(
      String key, T usual, String allowed, Function<String, Optional<T>> interpretation) {
    known.add(key);
    Setting setting = settings.get(key);
    if (setting == null) {
      return usual;
    }
    Optional<T> value =
        setting.isPlain() ? interpretation.apply(setting.values().getFirst()) : Optional.empty();
    if (value.isEmpty()) {
      wrong(setting, allowed);
      return usual;
    }
    return value.get();
  }

  private void wrong(Setting setting, String allowed) {
    problems.add(
        "%s: %s is %s; allowed is %s"
            .formatted(setting.where(), setting.key(), setting.shown(), allowed));
  }

  private String alternatives(String key) {
    return known.stream()
        .filter(each -> distance(each, key) <= 2 || each.endsWith("." + key))
        .findFirst()
        .map(each -> "did you mean " + each + "?")
        .orElse("known are " + String.join(", ", known));
  }

  private static Optional<String> asBaseUrl(String text) {
    if (text.isEmpty()) {
      return Optional.of(text);
    }
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null
          ? Optional.of(text)
          : Optional.empty();
    } catch (URISyntaxException e) {
      // Not a URL: the caller says so, with the line.
      return Optional.empty();
    }
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
