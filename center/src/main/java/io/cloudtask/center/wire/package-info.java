/**
 * The center API of port 8985 as deployed clients know it: who runs what in a runtime, the action
 * that is handed on to the agent that holds the job, and the messages and logs of agents of the
 * older wire. Requests are checked here, and here only; what they mean is decided by the store.
 * Answers wear the v2 envelope, except the bare {@code base} of a job and the ping.
 */
@NullMarked
package io.cloudtask.center.wire;

import org.jspecify.annotations.NullMarked;
