package io.cloudtask.agent.timetable;

import io.cloudtask.model.run.RunState;

/**
 * A run to stop.
 *
 * @param as the state in which it is to end
 * @param reason for a person
 */
public record StopOrder(String runid, RunState as, String reason) {}
