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
 * @param assignedat when the assignment was made; due instants in (from, assignedat] were nobody's
 *     to start
 * @param version of the definition, from 1; grows with every change
 * @param definition what to run and when
 * @param pack the package, null when the job names none
 */
public record AssignedJob(
    String jobid,
    long span,
    Instant from,
    Instant assignedat,
    long version,
    JobDefinition definition,
    @Nullable PackageRef pack) {}
