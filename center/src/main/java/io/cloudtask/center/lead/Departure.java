package io.cloudtask.center.lead;

import java.time.Instant;

/**
 * An agent is not signed in.
 *
 * @param since when its leader noticed
 */
record Departure(Instant since, How how) {
  enum How {
    /** Its session ran out. */
    LOST,
    /** It signed out; a restart begins like that. */
    SIGNED_OUT,
    /** It was not there when this center began to lead: perhaps it starts just now, as all do. */
    NEVER_SEEN
  }
}
