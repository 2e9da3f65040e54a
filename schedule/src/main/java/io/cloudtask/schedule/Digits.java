package io.cloudtask.schedule;

/** Numbers as the wire writes them: ASCII digits and nothing else. */
final class Digits {
  /** What {@link #parse} answers for text that is no such number. */
  static final int NONE = -1;

  private Digits() {}

  /**
   * Reads a number without sign.
   *
   * @param longest the greatest number of digits allowed, at most 9
   * @return the number, at least 0, or {@link #NONE}
   */
  static int parse(String text, int longest) {
    if (text.isEmpty() || text.length() > longest) {
      return NONE;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
