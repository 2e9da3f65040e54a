package io.cloudtask.agent.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The path of a request as it was sent.
 *
 * @param raw percent-encoded
 */
record RequestPath(String raw) {
  /** The path without empty, {@code .} and {@code ..} segments; a slash at the end stays. */
  String cleaned() {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : raw.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean directory = !kept.isEmpty() && (raw.endsWith("/") || raw.endsWith("/."));
    return "/" + String.join("/", kept) + (directory ? "/" : "");
  }

  /** Its decoded segments; empty when a percent sign is followed by nonsense. */
  Optional<List<String>> segments() {
    List<String> segments = new ArrayList<>();
    try {
      for (String segment : raw.substring(1).split("/", -1)) {
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
      return Optional.of(segments);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
