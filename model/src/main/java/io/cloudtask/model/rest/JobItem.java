package io.cloudtask.model.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A job in a list; its {@link JobView} and more.
 *
 * @param lastruns up to 20, oldest first
 */
public record JobItem(@JsonUnwrapped JobView job, JobState state, List<LastRun> lastruns) {}
