package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job and how it is doing.
 *
 * @param version of the definition, from 1
 * @param stat as {@link io.cloudtask.model.rest.JobView} says: 200 while a run is going, else 202
 *     with a reason while nobody holds it and somebody should, else -1 while its agent says that it
 *     can't run there, else what its last run left (0 or -1), 201 before the first
 * @param execerr the reason that belongs to {@code stat}; "" when there is none
 * @param execat start of the last run
 * @param nextat next fire time as far as somebody said so ({@link Jobs#next}); it may be over
 * @param fence fire times up to and including it are answered or were not due; the next assignment
 *     begins there
 * @param agentkey who holds it; null while nobody does
 */
public record JobRow(
    String jobid,
    long version,
    JobDefinition definition,
    int stat,
    String execerr,
    @Nullable Instant execat,
    @Nullable Instant nextat,
    Instant fence,
    @Nullable String agentkey,
    String createuser,
    Instant createat,
    String edituser,
    Instant editat) {}
