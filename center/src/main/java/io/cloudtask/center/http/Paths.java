package io.cloudtask.center.http;

import io.cloudtask.model.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a path from outside must look like before anything is done with it. */
final class Paths {
  private static final int MAX_SEGMENT = 255;
  private static final Set<String> STREAMS = Set.of("stdout", "stderr");

  private Paths() {}

  /**
   * The decoded segments of a raw path.
   *
   * @throws RefusedException for bad escapes, and for characters that belong in no name
   */
  static List<String> segments(String rawPath) {
    require(rawPath.startsWith("/"), "path", "does not begin with /");
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.substring(1).split("/", -1)) {
      String segment = decode(raw);
      check(segment);
      segments.add(segment);
    }
    return segments;
  }

  /**
   * Checks the places whose names promise a form.
   *
   * @throws RefusedException naming the place and the form
   */
  static void checkPlaces(Map<String, String> places) {
    places.forEach((name, value) -> {
      switch (name) {
        case "jobid" -> require(Ids.isJobId(value), name, "is not 24 lower-case hex digits");
        case "runid" -> require(Ids.isRunId(value), name, "is not 32 lower-case hex digits");
        case "key" -> require(Ids.isNodeKey(value), name, "is not a lower-case UUID");
        case "stream" -> require(STREAMS.contains(value), name, "is not stdout or stderr");
        default -> require(!value.isEmpty(), name, "is empty");
      }
    });
  }

  private static void check(String segment) {
    boolean sane =
        segment.length() <= MAX_SEGMENT
            && !segment.equals(".")
            && !segment.equals("..")
            && segment.chars().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\');
    require(
        sane,
        "path",
        "has a part that is longer than 255, or . or .., or has / \\ or control characters");
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(field, message));
    }
  }

  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 4);
      for (int i = 0; i < raw.length(); i++) {
        if (raw.charAt(i) == '%') {
          bytes.put((byte) HexFormat.fromHexDigits(raw, i + 1, i + 3));
          i += 2;
        } else {
          bytes.put(String.valueOf(raw.charAt(i)).getBytes(StandardCharsets.UTF_8));
        }
      }
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RefusedException(
          Refusal.invalid("path", "has an escape that is not % and two hex digits of UTF-8"));
    }
  }
}
