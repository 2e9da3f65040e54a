package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import java.time.Instant;

/** A version of a job, and who made it when. */
public record VersionRow(
    String jobid, long version, JobDefinition definition, String edituser, Instant editat) {}
