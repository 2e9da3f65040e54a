package io.cloudtask.center.jobs;

import io.cloudtask.model.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names may look like. Pure. */
public final class Names {
  /** What {@link #isPlain} allows, for people. */
  public static final String PLAIN_RULE =
      "allowed are 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first";

  private static final int LONGEST_JOB_NAME = 128;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

  private Names() {}

  /** Whether a runtime or a group may be called that. */
  public static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches();
  }

  /** Whether text can be a host name or an address. */
  public static boolean isHost(@Nullable String text) {
    return text != null && HOST.matcher(text).matches();
  }

  /** Why a job can't be called that; empty when it can. */
  public static Optional<String> refusedJobName(String name) {
    if (name.isBlank() || !name.equals(name.strip())) {
      return Optional.of("is empty, or begins or ends with a space");
    }
    if (name.codePointCount(0, name.length()) > LONGEST_JOB_NAME) {
      return Optional.of("is longer than " + LONGEST_JOB_NAME + " characters");
    }
    if (name.codePoints().anyMatch(Names::unfit) || name.equals(".") || name.equals("..")) {
      return Optional.of("has / or \\, or a character that can't be seen, or is only dots");
    }
    if (Ids.isJobId(name)) {
      return Optional.of("looks like a job id, which would be ambiguous; choose a name");
    }
    return Optional.empty();
  }

  private static boolean unfit(int c) {
    return c == '/'
        || c == '\\'
        || Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE // half of a pair
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }
}
