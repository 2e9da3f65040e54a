package io.cloudtask.agent.center;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which center to ask: the one that answered last, for as long as it does, then the others. Each
 * agent has an order of its own, so that those of a center that fails spread over all that are
 * left. Thread-safe; it asks nobody itself.
 */
public final class Centers {
  private final Supplier<String> configured;
  private final String key;
  private final Set<String> failed = new HashSet<>();
  private List<String> live = List.of();
  private @Nullable String current;

  /**
   * @param configured base URLs, comma separated, "" for none; asked each time, because they may
   *     follow the coordinator
   * @param key of this agent
   */
  public Centers(Supplier<String> configured, String key) {
    this.configured = configured;
    this.key = key;
  }

  /** The centers that are signed in at the coordinator now, by the base URLs of their API. */
  public synchronized void live(List<String> urls) {
    live = urls.stream().map(Centers::plain).toList();
  }

  /** In the order in which they are to be asked; empty when none is known. */
  public synchronized List<String> inOrder() {
    Set<String> known = new LinkedHashSet<>();
    Stream.concat(Stream.of(configured.get().split(",", -1)).map(Centers::plain), live.stream())
        .filter(url -> !url.isEmpty())
        .forEach(known::add);
    failed.retainAll(known);
    if (current != null) {
      known.add(current);
    }
    List<String> order = new ArrayList<>(known);
    order.sort(
        Comparator.comparing((String url) -> !url.equals(current))
            .thenComparing(failed::contains)
            .thenComparingInt(url -> place(key + ' ' + url)));
    return order;
  }

  /** It has answered. */
  synchronized void worked(String url) {
    failed.remove(url);
    current = url;
  }

  /** It has not answered. */
  synchronized void failed(String url) {
    failed.add(url);
    if (url.equals(current)) {
      current = null;
    }
  }

  /** Spread evenly: the hash codes of texts that differ in a digit are neighbours. */
  private static int place(String text) {
    int hash = text.hashCode() * 0x9e3779b9;
    return (hash ^ (hash >>> 15)) * 0x85ebca6b;
  }

  private static String plain(String url) {
    return url.strip().replaceAll("/+$", "");
  }
}
