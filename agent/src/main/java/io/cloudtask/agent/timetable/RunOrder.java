package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.OpenRun;

/** A run to start, once what was recorded with it is durable. */
public record RunOrder(OpenRun run) {}
