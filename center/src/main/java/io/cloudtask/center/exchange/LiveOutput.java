package io.cloudtask.center.exchange;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an agent says of the output of a run that is its own. */
public sealed interface LiveOutput {
  /**
   * Some of it.
   *
   * @param next offset to go on at
   * @param end the run is over and nothing follows
   * @param cut what was dropped on the way to {@code next}; null for nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Part(byte[] data, long next, boolean end, @Nullable Cut cut) implements LiveOutput {}

  /** The agent does not have that run (any more). */
  record UnknownRun() implements LiveOutput {}

  /** It did not answer, or not as it should. */
  record Unreachable(String reason) implements LiveOutput {}

  /** Offsets [from, to) that were dropped. */
  record Cut(long from, long to) {}

  /** The offset to go on at. */
  String NEXT = "Cloudtask-Next";

  /** {@code true} when nothing follows. */
  String END = "Cloudtask-End";

  /** {@code from-to} of what was dropped. */
  String CUT = "Cloudtask-Cut";

  Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /** Reads an answer whose status is fine. */
  static LiveOutput of(HttpResponse<byte[]> response, long from) {
    long next = from + response.body().length;
    Optional<String> named = response.headers().firstValue(NEXT);
    if (named.isPresent()) {
      if (!named.get().matches("\\d{1,18}")) {
        return new Unreachable("the agent named no offset to go on at: " + named.get());
      }
      next = Long.parseLong(named.get());
    }
    boolean end = response.headers().firstValue(END).map("true"::equals).orElse(false);
    Cut cut = response.headers().firstValue(CUT).flatMap(LiveOutput::cut).orElse(null);
    return new Part(response.body(), next, end, cut);
  }

  private static Optional<Cut> cut(String text) {
    Matcher range = RANGE.matcher(text);
    return range.matches()
        ? Optional.of(new Cut(Long.parseLong(range.group(1)), Long.parseLong(range.group(2))))
        : Optional.empty();
  }
}
