package io.cloudtask.center.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters after the question mark; equal in any order. Immutable. */
public final class Query {
  private static final int MAX_VALUE = 1024;

  private final Map<String, String> values;

  Query(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * A parameter; empty when it is absent or says nothing.
   *
   * @throws RefusedException when it is longer than 1024 characters or has control characters
   */
  public Optional<String> text(String name) {
    String value = values.getOrDefault(name, "");
    if (value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          Refusal.invalid(name, "is longer than 1024 characters, or has control characters"));
    }
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** True for {@code true}, false for {@code false} or nothing. */
  public boolean flag(String name) {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new RefusedException(Refusal.invalid(name, "is not true or false"));
    };
  }

  /** A whole number within bounds, both included. */
  public long number(String name, long least, long most, long whenAbsent) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return whenAbsent;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, like a number out of bounds
    }
    throw new RefusedException(
        Refusal.invalid(name, "is not a whole number from " + least + " to " + most));
  }

  /** An instant in RFC 3339, for example {@code 2026-03-01T02:30:00Z}. */
  public Optional<Instant> instant(String name) {
    return text(name).map(value -> instant(name, value));
  }

  private static Instant instant(String name, String value) {
    Instant at;
    try {
      // A plus sign that nobody escaped arrives as a space.
      at = OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      throw new RefusedException(
          Refusal.invalid(name, "is not a time in RFC 3339, such as 2026-03-01T02:30:00Z"));
    }
    if (!StorableTime.holds(at)) {
      throw new RefusedException(Refusal.invalid(name, StorableTime.RULE));
    }
    return at;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Query query && values.equals(query.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
