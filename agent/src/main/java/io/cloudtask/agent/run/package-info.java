/**
 * Carries out what the timetable decides. One thread owns the timetable, journals what it promises,
 * and hands runs to spawners; each run is followed to its end, which goes back to the timetable as
 * an event. The files of runs live here until a center has the end of the run and its output.
 */
@NullMarked
package io.cloudtask.agent.run;

import org.jspecify.annotations.NullMarked;
