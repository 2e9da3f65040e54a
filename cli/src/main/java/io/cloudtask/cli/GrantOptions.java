package io.cloudtask.cli;

import io.cloudtask.model.rest.GrantView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rights as they are written on a command line: {@code operator@local/night}. Pure. */
final class GrantOptions {
  /** What {@link #parse} takes, for help. */
  static final String FORM = "ROLE[@RUNTIME[/GROUP]]";

  private static final Set<String> ROLES = Set.of("admin", "owner", "operator", "viewer");

  private GrantOptions() {}

  /**
   * Reads some.
   *
   * @throws Failure saying what is allowed
   */
  static List<GrantView> parse(List<String> texts) throws Failure {
    List<GrantView> grants = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split("@", 2);
      String[] place = parts.length == 1 ? new String[0] : parts[1].split("/", 2);
      if (!ROLES.contains(parts[0]) || Arrays.stream(place).anyMatch(String::isEmpty)) {
        throw Failure.usage(
            "--grant: '%s' is none; write admin, owner, operator or viewer, and for a part of the"
                    .formatted(text)
                + " jobs ROLE@RUNTIME or ROLE@RUNTIME/GROUP",
            null);
      }
      grants.add(
          new GrantView(
              parts[0], place.length > 0 ? place[0] : null, place.length > 1 ? place[1] : null));
    }
    return grants;
  }

  /** Back again. */
  static String words(List<GrantView> grants) {
    return grants.isEmpty()
        ? "none"
        : grants.stream().map(GrantOptions::word).collect(Collectors.joining(", "));
  }

  private static String word(GrantView grant) {
    String runtime = grant.runtime() == null ? "" : "@" + grant.runtime();
    return grant.role() + runtime + (grant.group() == null ? "" : "/" + grant.group());
  }
}
