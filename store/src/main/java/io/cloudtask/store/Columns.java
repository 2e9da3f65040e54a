package io.cloudtask.store;

import io.cloudtask.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * How values lie in columns: instants as milliseconds since 1970, flags as 0 or 1, JSON as text.
 */
final class Columns {
  private static final int AT_ONCE = 512;

  private Columns() {}

  static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  static int flag(boolean value) {
    return value ? 1 : 0;
  }

  /** Text without NUL, which not every database keeps; everything else stays. */
  static String text(String value) {
    return value.indexOf('\0') < 0 ? value : value.replace('\0', '\ufffd');
  }

  static String json(Object value) {
    return Json.MAPPER.writeValueAsString(value);
  }

  /**
   * Reads JSON.
   *
   * @param what it is, for the message
   * @throws StoreException when it can't be read
   */
  static <T> T json(String text, Class<T> type, String what) {
    try {
      T value = Json.MAPPER.readValue(text, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      throw unreadable(what, e.getOriginalMessage(), e);
    } catch (NullPointerException e) {
      throw unreadable(what, "a part is missing", e);
    }
    throw unreadable(what, "it is null", null);
  }

  /** Reads a JSON array of text. */
  static List<String> texts(String text, String what) {
    return List.of(json(text, String[].class, what));
  }

  static String grants(Set<GrantRow> grants) {
    return json(
        grants.stream()
            .sorted(Comparator.comparing(GrantRow::role).thenComparing(GrantRow::scope))
            .toList());
  }

  /** Reads what {@link #grants(Set)} wrote. */
  static Set<GrantRow> grants(String text, String what) {
    return Set.of(json(text, GrantRow[].class, what));
  }

  /** Of a random text that nobody can guess, by which it is found again without being kept. */
  static String sha256(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static StoreException unreadable(String what, String why, @Nullable Exception cause) {
    return new StoreException(
        "%s in the store can't be read: %s; mend that row or restore a backup".formatted(what, why),
        cause);
  }

  /** What was tried failed; the cause decides whether it may succeed when it is tried again. */
  static StoreException failed(String what, SQLException e) {
    return new StoreException(what + ": " + e.getMessage(), e);
  }

  /**
   * A part of the values at a time, well below the number of parameters that any database takes.
   */
  static <T> List<List<T>> slices(Collection<T> values) {
    List<T> all = List.copyOf(values);
    List<List<T>> slices = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      slices.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
    }
    return slices;
  }

  /**
   * The values, with the last one repeated up to a power of two: for lists in which that does not
   * matter, so that a database sees few different statements.
   */
  static <T> List<T> padded(List<T> values) {
    int size = Math.max(1, Integer.highestOneBit(Math.max(1, values.size() - 1)) * 2);
    if (values.size() < 2 || size == values.size()) {
      return values;
    }
    List<T> padded = new ArrayList<>(values);
    padded.addAll(Collections.nCopies(size - values.size(), values.getLast()));
    return padded;
  }

  /** So many question marks for an IN list. */
  static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }
}
