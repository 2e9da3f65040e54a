package io.cloudtask.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How things are named, and what a name from outside must look like before anything is done with
 * it. Thread-safe.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{24}");
  private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern KEY =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Ids() {}

  /**
   * A new job id: 24 hexadecimal digits, the first 8 of them the time in seconds, so that they sort
   * by age.
   */
  public static String newJobId(Instant now) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return String.format("%08x", now.getEpochSecond() & 0xffffffffL)
        + HexFormat.of().formatHex(random);
  }

  /** Whether text has the form of a job id. */
  public static boolean isJobId(String text) {
    return JOB.matcher(text).matches();
  }

  /** Whether text has the form of a run id. */
  public static boolean isRunId(String text) {
    return RUN.matcher(text).matches();
  }

  /** Whether text has the form of a node key (a lower-case UUID). */
  public static boolean isNodeKey(String text) {
    return KEY.matcher(text).matches();
  }

  /**
   * The id of the run for a fire time: whoever computes it gets the same one, so a run can't be
   * recorded twice under two names. Sorts by fire time.
   */
  public static String scheduledRunId(String jobId, Instant fireTime, int attempt) {
    return runId(fireTime, jobId + '/' + fireTime.toEpochMilli() + '/' + attempt);
  }

  /**
   * The id of a run that somebody asked for.
   *
   * @param requestId the idempotency key of the request: the same key gives the same run
   * @param at when it was asked for first
   */
  public static String manualRunId(String jobId, String requestId, Instant at) {
    return runId(at, jobId + "/manual/" + requestId);
  }

  private static String runId(Instant at, String identity) {
    byte[] hash = sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
    return String.format("%012x", at.toEpochMilli() & 0xffff_ffff_ffffL)
        + HexFormat.of().formatHex(hash, 0, 10);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
