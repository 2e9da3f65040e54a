package io.cloudtask.center.exchange;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The revision of a job set as an ETag. */
final class Revision {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private Revision() {}

  static String etag(long revision) {
    return "\"" + revision + '"';
  }

  /** What an agent says it holds; empty when it says nothing that is a revision. */
  static OptionalLong parse(String ifNoneMatch) {
    Matcher tag = TAG.matcher(ifNoneMatch.strip());
    return tag.matches() ? OptionalLong.of(Long.parseLong(tag.group(1))) : OptionalLong.empty();
  }
}
