package io.cloudtask.schedule;

/**
 * Why a schedule is refused.
 *
 * @param field the wire name of the field to mend, for example {@code selectat} or {@code
 *     monthlyof.week}
 * @param message what is wrong and what is allowed, for a person
 */
public record ScheduleProblem(String field, String message) {}
