package io.cloudtask.model.exchange;

import io.cloudtask.model.JobDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of one agent.
 *
 * @param jobid which
 * @param span number of this assignment in the life of the job, from 1; the holder of a span owns
 *     the fire times after {@code from} and no others
 * @param from the fence instant: fire times up to and including it belong to somebody else
 * @param assignedat when the assignment was made; due instants in (from, assignedat] are this
 *     agent's, who could not start them in time: what is still punctual is started, the rest missed
 * @param version of the definition, from 1; grows with every change
 * @param definition what to run and when
 * @param pack the package, null when the job names none
 * @param sole only this agent may ever run it, so that it needs no lease
 * @param recalled to be given back at the first moment at which no run of it is going and none
 *     waits; until then it is fired as usual
 * @param redo fire times after it and up to {@code from} may have been lost with the agent that
 *     owned them: {@link io.cloudtask.model.Guarantee#CLAIMED} asks for a claim for each, {@link
 *     io.cloudtask.model.Guarantee#ATLEASTONCE} runs each again; null for none
 */
public record AssignedJob(
    String jobid,
    long span,
    Instant from,
    Instant assignedat,
    long version,
    JobDefinition definition,
    @Nullable PackageRef pack,
    boolean sole,
    boolean recalled,
    @Nullable Instant redo) {
  /** A job that somebody holds until it is told otherwise. */
  public AssignedJob(
      String jobid,
      long span,
      Instant from,
      Instant assignedat,
      long version,
      JobDefinition definition,
      @Nullable PackageRef pack) {
    this(jobid, span, from, assignedat, version, definition, pack, false, false, null);
  }

  /** The same with another definition. */
  public AssignedJob with(JobDefinition other) {
    return new AssignedJob(
        jobid, span, from, assignedat, version, other, pack, sole, recalled, redo);
  }
}
