/**
 * The agent's own HTTP API, as the manual prints it. Requests are parsed, authorised and refused
 * here and nowhere deeper; what remains is a call of {@link
 * io.cloudtask.agent.http.AgentOperations}. Each route names who may use it, and what is not a
 * route is not found.
 */
@NullMarked
package io.cloudtask.agent.http;

import org.jspecify.annotations.NullMarked;
