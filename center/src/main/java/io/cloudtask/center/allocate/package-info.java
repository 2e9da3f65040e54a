/**
 * Decides which agent holds which job. {@link io.cloudtask.center.allocate.Allocator} is the
 * decision: a snapshot in, moves out, nothing else touched. {@link
 * io.cloudtask.center.allocate.Survey} reads the snapshot, {@link
 * io.cloudtask.center.allocate.Placement} carries moves out in one transaction and says which
 * agents have a new job set.
 */
@NullMarked
package io.cloudtask.center.allocate;

import org.jspecify.annotations.NullMarked;
