package io.cloudtask.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Takes a YAML text (of which JSON is a part) apart into settings that know their line. Values stay
 * text: what a key means is decided elsewhere.
 */
final class ConfigText {
  private static final int DEEPEST = 6;

  private final JsonParser parser;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Deque<String> section = new ArrayDeque<>();

  private ConfigText(JsonParser parser) {
    this.parser = parser;
  }

  /** The settings by key, in the order of the text. */
  static Map<String, Setting> parse(String text) throws ConfigException {
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      ConfigText reading = new ConfigText(parser);
      reading.document();
      if (!reading.problems.isEmpty()) {
        throw new ConfigException(reading.problems);
      }
      return reading.settings;
    } catch (JacksonException e) {
      throw new ConfigException(
          "line %d: this is not YAML: %s"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
  }

  private void document() throws ConfigException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ConfigException(line() + ": write keys with values, such as version: v.3.0.0");
    }
    section();
    if (parser.nextToken() != null) {
      throw new ConfigException(line() + ": only one document is allowed");
    }
  }

  private void section() throws ConfigException {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      section.addLast(parser.currentName());
      String key = key();
      String line = line();
      switch (parser.nextToken()) {
        case START_OBJECT -> deeper();
        case START_ARRAY -> list(key, line);
        case VALUE_NULL -> keep(new Setting(key, List.of(""), false, line));
        default -> keep(new Setting(key, List.of(parser.getString()), false, line));
      }
      section.removeLast();
    }
  }

  private void deeper() throws ConfigException {
    if (section.size() >= DEEPEST) {
      throw new ConfigException(line() + ": " + key() + " is nested too deep");
    }
    section();
  }

  /** Plain values are one setting; sections are numbered, and each has settings of its own. */
  private void list(String key, String line) throws ConfigException {
    List<String> values = new ArrayList<>();
    String name = section.removeLast();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (parser.currentToken().isScalarValue()) {
        values.add(parser.getString());
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        section.addLast(name + "[" + i + "]");
        deeper();
        section.removeLast();
      } else {
        throw new ConfigException(line() + ": " + key + " takes no list within a list");
      }
    }
    section.addLast(name);
    keep(new Setting(key, values, true, line));
  }

  private String key() {
    return String.join(".", section);
  }

  private void keep(Setting setting) {
    Setting earlier = settings.putIfAbsent(setting.key(), setting);
    if (earlier != null) {
      problems.add(
          "%s: %s is here again, after %s; keep one of them"
              .formatted(setting.where(), setting.key(), earlier.where()));
    }
  }

  private String line() {
    return "line " + parser.currentTokenLocation().getLineNr();
  }
}
