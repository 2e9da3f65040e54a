package io.cloudtask.center.jobs;

import java.time.ZoneId;
import java.util.Set;

/** Time zones by their IANA ids. */
final class Zones {
  private static final Set<String> IDS = ZoneId.getAvailableZoneIds();

  private Zones() {}

  static boolean exists(String id) {
    return IDS.contains(id);
  }

  /** A message about an id that does not exist. */
  static String unknown(String id) {
    String hint =
        Words.nearest(id, IDS)
            .map(near -> "did you mean " + Words.quote(near) + "?")
            .orElse("write an IANA id such as Europe/Berlin");
    return Words.quote(id) + " is no known time zone; " + hint;
  }
}
