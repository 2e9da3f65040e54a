package io.cloudtask.coordination;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the twin of a server holds, with the versions and owners of the real one. Confined to the
 * server's lock.
 */
final class MemoryNodes {
  /** The owner of what outlives its session. */
  static final long NOBODY = 0;

  /**
   * @param version counts the writes
   * @param owner the session it dies with, or {@link #NOBODY}
   */
  record Entry(Object value, int version, long owner) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  boolean ownedBy(String name, long session) {
    @Nullable Entry entry = entries.get(name);
    return entry != null && entry.owner() == session;
  }

  Stream<Map.Entry<String, Entry>> startingWith(String prefix) {
    return entries.entrySet().stream().filter(e -> e.getKey().startsWith(prefix));
  }

  void create(String name, Object value, long owner) {
    entries.put(name, new Entry(value, 0, owner));
  }

  /** Writes what is there, or creates what lasts. */
  void write(String name, Object value) {
    @Nullable Entry now = entries.get(name);
    entries.put(
        name,
        now == null
            ? new Entry(value, 0, NOBODY)
            : new Entry(value, now.version() + 1, now.owner()));
  }

  /** Removes what this session owns; false when it owns nothing of that name. */
  boolean remove(String name, long session) {
    return ownedBy(name, session) && entries.remove(name) != null;
  }

  /** Removes all that a session owns; false when that is nothing. */
  boolean removeAll(long session) {
    return entries.values().removeIf(e -> e.owner() == session);
  }
}
