package io.cloudtask.center.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) from the events of the parser, so that depth and size are judged
 * while they grow and an alias costs nothing.
 */
final class YamlTree {
  private static final ScalarResolver TYPES = new CoreSchema().getScalarResolver();

  /** The parser reads a word once more for each kibibyte that it is long. */
  private static final int LONGEST_LINE = 512 * 1024;

  private final TreeBuilder builder;
  private final Iterator<Event> events;
  private final Map<Anchor, Located> anchors = new HashMap<>();

  private YamlTree(String text, TreeBuilder builder) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    this.builder = builder;
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** The tree of a text; empty when the text says nothing. */
  static Optional<Located> read(String text, TreeBuilder builder) throws SyntaxProblem {
    requireShortLines(text);
    try {
      return new YamlTree(text, builder).document();
    } catch (MarkedYamlEngineException e) {
      Place place = place(e.getProblemMark().or(e::getContextMark));
      throw new SyntaxProblem(place, "is not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      throw new SyntaxProblem(
          placeOf(text, e.getPosition()),
          "has a character that is not allowed in a text: "
              + String.format("U+%04X", e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw new SyntaxProblem(Place.UNKNOWN, "is not YAML: " + e.getMessage());
    }
  }

  private static void requireShortLines(String text) throws SyntaxProblem {
    int line = 1;
    int start = 0;
    for (int end = text.indexOf('\n'); start < text.length(); end = text.indexOf('\n', start)) {
      int next = end < 0 ? text.length() : end + 1;
      if (next - start > LONGEST_LINE) {
        throw new SyntaxProblem(
            new Place(line, 1), "has a line of more than 512 KiB; break it, or write JSON");
      }
      start = next;
      line++;
    }
  }

  private Optional<Located> document() throws SyntaxProblem {
    Optional<Located> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (root.isPresent()) {
            throw new SyntaxProblem(place(event), "a second document begins; a file has one");
          }
        }
        default -> root = Optional.of(node(event, "", 1));
      }
    }
    return root;
  }

  private Located node(Event event, String path, int depth) throws SyntaxProblem {
    Place place = place(event);
    builder.enter(depth, place);
    if (event instanceof AliasEvent alias) {
      Located target = anchors.get(alias.getAlias());
      if (target == null) {
        throw new SyntaxProblem(
            place, "the alias *" + alias.getAlias() + " names nothing that stands before it");
      }
      builder.count(target.weight(), place);
      return target;
    }
    builder.count(1, place);
    Located node =
        switch (event) {
          case ScalarEvent scalar -> new Located.Scalar(kind(scalar), scalar.getValue(), place);
          case SequenceStartEvent start -> {
            requireNoTag(start.getTag(), Tag.SEQ, place);
            yield sequence(path, place, depth);
          }
          case MappingStartEvent start -> {
            requireNoTag(start.getTag(), Tag.MAP, place);
            yield mapping(path, place, depth);
          }
          default -> throw new IllegalStateException("no node begins with " + event);
        };
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private Located sequence(String path, Place place, int depth) throws SyntaxProblem {
    List<Located> items = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      items.add(node(event, path + "[" + items.size() + "]", depth + 1));
    }
    return new Located.Sequence(items, place);
  }

  private Located mapping(String path, Place place, int depth) throws SyntaxProblem {
    List<Located.Entry> entries = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw new SyntaxProblem(place(event), "a key is text, not a list, mapping or alias");
      }
      String name = key.getValue();
      entries.add(
          new Located.Entry(
              name, place(key), node(next(), TreeBuilder.join(path, name), depth + 1)));
    }
    return builder.mapping(path, entries, place);
  }

  private Event next() {
    return events.next();
  }

  private static Located.Kind kind(ScalarEvent scalar) throws SyntaxProblem {
    Optional<String> tag = scalar.getTag();
    requireNoTag(tag, Tag.STR, place(scalar));
    if (!scalar.isPlain() || tag.isPresent()) {
      return Located.Kind.TEXT;
    }
    Tag type = TYPES.resolve(scalar.getValue(), true);
    if (type.equals(Tag.INT) || type.equals(Tag.FLOAT)) {
      return Located.Kind.NUMBER;
    }
    return type.equals(Tag.BOOL)
        ? Located.Kind.FLAG
        : type.equals(Tag.NULL) ? Located.Kind.NOTHING : Located.Kind.TEXT;
  }

  /** A tag may say what is so anyway; any other would ask for something that we don't make. */
  private static void requireNoTag(Optional<String> tag, Tag allowed, Place place)
      throws SyntaxProblem {
    if (tag.isPresent() && !tag.get().equals(allowed.getValue())) {
      throw new SyntaxProblem(
          place,
          "has the tag " + Words.quote(tag.get()) + ", which is not known here; leave it out");
    }
  }

  private static Place place(Event event) {
    return place(event.getStartMark());
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.UNKNOWN);
  }

  /** The place of a code point in a text. */
  private static Place placeOf(String text, int position) {
    String before = text.substring(0, text.offsetByCodePoints(0, Math.max(0, position)));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }
}
