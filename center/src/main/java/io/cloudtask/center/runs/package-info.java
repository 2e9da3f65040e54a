/**
 * What became of due instants, and which are to come. The schedules of a definition are compiled
 * here once for all who ask, the ledger's rows are turned into an answer to "why?", and the due
 * instants of a job that no agent holds are written down as missed. Deciding is pure; only {@link
 * io.cloudtask.center.runs.UnheldJobs} writes.
 */
@NullMarked
package io.cloudtask.center.runs;

import org.jspecify.annotations.NullMarked;
