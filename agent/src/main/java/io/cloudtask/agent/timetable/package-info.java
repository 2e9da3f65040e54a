/**
 * What is due when, and what becomes of it. The timetable is a plain object without threads and
 * without a clock: events and the time go in, and out come records for the journal, runs to start
 * and to stop, and the instant at which it wants to be asked again. Every due instant of every job
 * it holds is answered exactly once, by a run or by a gap with its reason, across edits of the
 * definition, steps of the clock, and crashes.
 */
@NullMarked
package io.cloudtask.agent.timetable;

import org.jspecify.annotations.NullMarked;
