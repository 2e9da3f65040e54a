package io.cloudtask.agent.process;

import java.nio.file.Path;
import java.util.List;

/**
 * What to start.
 *
 * @param jobId the job, for messages
 * @param runId the run; it must also be in {@code env} as {@code CLOUDTASK_RUN_ID}, and is added
 *     when it is not: by this mark every descendant is found again
 * @param runDirectory where run.sh, output and exit status go; made when it is not there
 * @param workDirectory where the command runs; must be there
 * @param command the text of a shell script, or of any script that begins with {@code #!}
 * @param env {@code K=V} additions to the agent's own environment; of two with one key the later
 *     wins
 */
public record Launch(
    String jobId,
    String runId,
    Path runDirectory,
    Path workDirectory,
    String command,
    List<String> env) {
  public Launch {
    runDirectory = runDirectory.toAbsolutePath();
    workDirectory = workDirectory.toAbsolutePath();
    env = List.copyOf(env);
  }
}
