/**
 * Tells a center what happened: the facts of the journal, in their order, with the output of the
 * runs that ended. What a center has committed is noted in the journal and may leave the disk;
 * everything else is told again until it has.
 */
@NullMarked
package io.cloudtask.agent.report;

import org.jspecify.annotations.NullMarked;
