/**
 * This agent at the coordinator: its registration, which says that it is there and knows its job
 * set, its heartbeat, the writes that confirm its lease, and the notices that come from there. When
 * the coordinator is away the agent goes on with a lease from the store; what only it may run needs
 * none.
 */
@NullMarked
package io.cloudtask.agent.presence;

import org.jspecify.annotations.NullMarked;
