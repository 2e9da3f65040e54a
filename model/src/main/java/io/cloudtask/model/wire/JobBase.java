package io.cloudtask.model.wire;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.schedule.ScheduleDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A job as an agent shows it.
 *
 * @param filecode lower-case hex MD5 of the file NAME; it names a cache folder and protects nothing
 * @param timeout seconds, 0 for none
 * @param version grows with every change
 */
public record JobBase(
    String jobid,
    String jobname,
    String filename,
    String filecode,
    String cmd,
    List<String> env,
    long timeout,
    long version,
    List<ScheduleDefinition> schedule) {

  /** The wire form of a version of a job. */
  public static JobBase of(String jobId, long version, JobDefinition job) {
    return new JobBase(
        jobId,
        job.name(),
        job.filename(),
        fileCode(job.filename()),
        job.command(),
        job.env(),
        job.timeout(),
        version,
        job.schedules());
  }

  /** The MD5 of a file name, as {@code filecode} says. */
  public static String fileCode(String filename) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(filename.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
