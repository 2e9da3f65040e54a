/**
 * What an operator says to an agent before it starts: a YAML or JSON file and the environment. A
 * key that is not known, or a value that is not allowed, stops the start with the key, the value,
 * the line and what is allowed. What the agent shows of it to others is a record of its own that
 * holds no secret.
 */
@NullMarked
package io.cloudtask.agent.config;

import org.jspecify.annotations.NullMarked;
