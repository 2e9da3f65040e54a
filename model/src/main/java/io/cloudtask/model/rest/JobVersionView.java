package io.cloudtask.model.rest;

import io.cloudtask.model.JobDefinition;
import java.time.Instant;

/** A version of a job, also as a job file. */
public record JobVersionView(
    String jobid,
    long version,
    String edituser,
    Instant editat,
    boolean current,
    JobDefinition definition,
    String yaml) {}
