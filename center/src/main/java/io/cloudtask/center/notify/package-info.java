/**
 * What happens, and who is told of it. Whoever notices something in the cluster tells {@link
 * io.cloudtask.center.notify.Events}; what happens to jobs and runs the store writes down itself,
 * in the transaction in which it happens. From there it is one way: events, matched with rules and
 * folded into notices ({@link io.cloudtask.center.notify.Folding}), notices that are due gathered
 * into letters, letters handed to a channel; what can't be sent waits in the store and is tried
 * again ({@link io.cloudtask.center.notify.Retries}). Only the leader does this, so that nobody is
 * told twice by two centers; a center that fails between sending and noting it may tell twice.
 */
@NullMarked
package io.cloudtask.center.notify;

import org.jspecify.annotations.NullMarked;
