package io.cloudtask.center.jobs;

import java.util.Optional;
import java.util.OptionalLong;

/** Reads single values. Each method adds a finding and returns nothing for what it can't take. */
final class Values {
  private Values() {}

  /** Text of one line, without control characters. */
  static Optional<String> text(Located value, String path, Findings findings) {
    if (!(value instanceof Located.Scalar scalar) || scalar.type() != Located.Kind.TEXT) {
      findings.add(
          path, value.place(), "is " + value.kind() + "; it has to be text" + quotes(value));
      return Optional.empty();
    }
    return clean(scalar, path, "", findings);
  }

  /** Text in which lines and tabs may be; other scalars are taken as they are written. */
  static Optional<String> lines(Located value, String path, Findings findings) {
    if (!(value instanceof Located.Scalar scalar) || scalar.type() == Located.Kind.NOTHING) {
      findings.add(path, value.place(), "is " + value.kind() + "; it has to be text");
      return Optional.empty();
    }
    return clean(scalar, path, "\n\r\t", findings);
  }

  private static String quotes(Located value) {
    return value instanceof Located.Scalar ? ", so put it in quotes" : "";
  }

  private static Optional<String> clean(
      Located.Scalar scalar, String path, String allowed, Findings findings) {
    String text = scalar.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && allowed.indexOf(c) < 0) {
        findings.add(
            path,
            scalar.place(),
            String.format("has the control character U+%04X, which is not allowed here", (int) c));
        return Optional.empty();
      }
      if (Character.isSurrogate(c) && !pairAt(text, i)) {
        findings.add(path, scalar.place(), "has half of a surrogate pair, which is no character");
        return Optional.empty();
      }
    }
    return Optional.of(text);
  }

  private static boolean pairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /** A whole number within bounds, both included. */
  static OptionalLong whole(Located value, String path, long least, long most, Findings findings) {
    if (value instanceof Located.Scalar scalar && scalar.type() == Located.Kind.NUMBER) {
      try {
        long number = Long.parseLong(scalar.text());
        if (number >= least && number <= most) {
          return OptionalLong.of(number);
        }
      } catch (NumberFormatException e) {
        // found below, like a number out of bounds
      }
      findings.add(
          path,
          value.place(),
          Words.quote(scalar.text()) + " is not a whole number from " + least + " to " + most);
      return OptionalLong.empty();
    }
    findings.add(
        path,
        value.place(),
        "is " + value.kind() + "; it has to be a whole number from " + least + " to " + most);
    return OptionalLong.empty();
  }
}
