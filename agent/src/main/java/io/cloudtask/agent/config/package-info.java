/**
 * What an operator says to an agent before it starts. What the agent shows of it to others is a
 * record of its own that holds no secret.
 */
@NullMarked
package io.cloudtask.agent.config;

import org.jspecify.annotations.NullMarked;
