package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;

/**
 * What saving a definition would do.
 *
 * @param errors every place to mend; when there are some, the rest is empty
 * @param changes against the job as it is; empty for a new one
 * @param words its schedules in words
 * @param times its next fire times
 * @param zone in which local times are shown; an IANA id
 * @param yaml the definition as a job file
 */
public record JobCheck(
    List<Problem.FieldError> errors,
    List<ApplyResult.Change> changes,
    List<String> words,
    List<Instant> times,
    String zone,
    String yaml) {}
