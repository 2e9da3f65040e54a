/**
 * This agent's presence at the coordinator: signing in, the heartbeat, and the notices that come
 * from there. Nothing here is needed to run jobs on time: when the coordinator is away the agent
 * goes on, and signs in as soon as it is back. What must never be wrong is settled with a center.
 */
@NullMarked
package io.cloudtask.agent.presence;

import org.jspecify.annotations.NullMarked;
