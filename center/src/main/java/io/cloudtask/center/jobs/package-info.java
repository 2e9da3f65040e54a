/**
 * From the text that a person wrote to jobs in the store. A job file is read into a tree whose
 * every value knows its line, turned into definitions with every mistake listed at its place, and
 * compared with what the store holds; the differences are carried out in one transaction, or only
 * shown. Reading, judging and comparing are pure; {@link io.cloudtask.center.jobs.JobApplication}
 * is where effects happen.
 */
@NullMarked
package io.cloudtask.center.jobs;

import org.jspecify.annotations.NullMarked;
