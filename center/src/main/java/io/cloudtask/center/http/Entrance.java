package io.cloudtask.center.http;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.access.Authenticator;
import io.cloudtask.center.access.Sites;
import org.jspecify.annotations.Nullable;

/**
 * Whom a port lets in.
 *
 * @param admission of callers without a token
 * @param sites the names under which browsers find it; null where none is expected, so that no
 *     session counts there
 */
public record Entrance(Authenticator authenticator, Admission admission, @Nullable Sites sites) {
  /** For programs: local callers, and those with a token. */
  public static Entrance local(Authenticator authenticator) {
    return new Entrance(authenticator, Admission.LOCAL, null);
  }
}
