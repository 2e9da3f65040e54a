/**
 * What happens in the cluster that people want to hear of. Whoever notices something tells {@link
 * io.cloudtask.center.notify.Events}; what becomes of it is decided here alone. For now it is
 * written into the audit and the log.
 */
@NullMarked
package io.cloudtask.center.notify;

import org.jspecify.annotations.NullMarked;
