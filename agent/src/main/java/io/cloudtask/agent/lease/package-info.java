/**
 * This agent's right to start fire times: the lease, which somebody has to confirm again and again
 * who would have to agree to the removal of its jobs, and claims for single fire times. {@link
 * io.cloudtask.agent.lease.Lease} decides, without threads and without a clock; the others ask.
 */
@NullMarked
package io.cloudtask.agent.lease;

import org.jspecify.annotations.NullMarked;
