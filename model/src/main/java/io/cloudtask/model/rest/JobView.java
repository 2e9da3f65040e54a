package io.cloudtask.model.rest;

import io.cloudtask.model.JobDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job and how it is doing.
 *
 * @param version of the definition, from 1
 * @param stat 202 reallocating, 201 created, 200 running, 0 idle (last run fine), -1 failed
 * @param execerr why it failed, or why nobody can take it; "" otherwise
 * @param execat start of the last run
 * @param nextat next fire time; null when there is none or the job is disabled
 * @param schedules each schedule in words
 * @param agent host name of the agent that holds it; null while nobody does
 * @param agentkey key of that agent
 */
public record JobView(
    String jobid,
    long version,
    JobDefinition definition,
    int stat,
    String execerr,
    @Nullable Instant execat,
    @Nullable Instant nextat,
    List<String> schedules,
    @Nullable String agent,
    @Nullable String agentkey,
    String createuser,
    Instant createat,
    String edituser,
    Instant editat) {
  public static final int REALLOCATING = 202;
  public static final int CREATED = 201;
  public static final int RUNNING = 200;
  public static final int IDLE = 0;
  public static final int FAILED = -1;
}
