package io.cloudtask.center.jobs;

import java.util.List;

/** A value of a job file, and where it stands. Immutable. */
sealed interface Located {
  /** Where it begins. */
  Place place();

  /** How many values it is made of, itself included; what an alias names counts each time. */
  long weight();

  /** What a person would call it, for messages. */
  String kind();

  /** What a scalar is meant to be. */
  enum Kind {
    TEXT("text"),
    NUMBER("a number"),
    FLAG("true or false"),
    NOTHING("nothing");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   */
  record Scalar(Kind type, String text, Place place) implements Located {
    @Override
    public long weight() {
      return 1;
    }

    @Override
    public String kind() {
      return type.words;
    }
  }

  /** A list. */
  record Sequence(List<Located> items, Place place, long weight) implements Located {
    Sequence(List<Located> items, Place place) {
      this(List.copyOf(items), place, 1 + items.stream().mapToLong(Located::weight).sum());
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, each key once. */
  record Mapping(List<Entry> entries, Place place, long weight) implements Located {
    Mapping(List<Entry> entries, Place place) {
      this(
          List.copyOf(entries),
          place,
          1 + entries.stream().mapToLong(entry -> entry.value().weight()).sum());
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A key, where it stands, and its value. */
  record Entry(String key, Place place, Located value) {}
}
