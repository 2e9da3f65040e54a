package io.cloudtask.center.jobs;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Pieces of messages for people. */
final class Words {
  private static final int LONGEST_QUOTE = 60;

  private Words() {}

  /** Text from outside as it may stand in a message: quoted, printable, and cut when it is long. */
  static String quote(String text) {
    String cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    StringBuilder quoted = new StringBuilder("\"");
    cut.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            quoted.append(String.format("\\u%04x", c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }

  /** The one of some words that somebody who wrote {@code text} probably meant. */
  static Optional<String> nearest(String text, Collection<String> known) {
    if (text.length() > LONGEST_QUOTE) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(word -> isNear(lower, word.toLowerCase(Locale.ROOT)))
        .min(
            Comparator.<String>comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** "did you mean x?", or what is known. */
  static String instead(String text, Collection<String> known) {
    return nearest(text, known)
        .map(word -> "did you mean " + quote(word) + "?")
        .orElseGet(() -> "allowed: " + String.join(", ", known));
  }

  private static boolean isNear(String text, String word) {
    return distance(text, word) <= Math.max(1, word.length() / 3)
        || (text.length() >= 3 && word.startsWith(text));
  }

  /** How many letters have to be changed, added or left out (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
