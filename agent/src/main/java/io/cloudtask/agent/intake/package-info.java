/**
 * Learns which jobs this agent holds: one conditional request for the whole set, when its revision
 * moves, when somebody nudges, and every 15 s in case a notice was lost. What it learns goes to the
 * owner of the timetable; this package keeps nothing.
 */
@NullMarked
package io.cloudtask.agent.intake;

import org.jspecify.annotations.NullMarked;
