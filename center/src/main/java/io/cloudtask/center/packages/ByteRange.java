package io.cloudtask.center.packages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes a {@code Range} header asks for (RFC 9110, section 14). */
sealed interface ByteRange {
  /** Everything: nothing was asked for, or something that may be passed over. */
  record Whole() implements ByteRange {}

  /** The bytes in [from, to). */
  record Part(long from, long to) implements ByteRange {}

  /** Nothing that is there. */
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /**
   * Reads the header. Several ranges at once are answered with the whole, which the RFC allows.
   *
   * @param size of what is there
   */
  static ByteRange of(@Nullable String header, long size) {
    Matcher one = ONE.matcher(header == null ? "" : header);
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new Whole();
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(one.group(2)), size);
      return last == 0 ? new Unsatisfiable() : new Part(size - last, size);
    }
    long from = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(one.group(2));
    if (last < from) {
      return new Whole();
    }
    return from >= size ? new Unsatisfiable() : new Part(from, Math.min(last + 1, size));
  }
}
