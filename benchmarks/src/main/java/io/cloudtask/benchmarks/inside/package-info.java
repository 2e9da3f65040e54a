/**
 * Figures of what happens inside a process, taken by JMH in virtual machines of their own: the
 * calculus of schedules and the planner.
 */
@NullMarked
package io.cloudtask.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
