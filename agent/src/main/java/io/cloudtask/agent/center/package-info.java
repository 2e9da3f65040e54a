/**
 * How an agent speaks to a center: plain calls, and the introduction that must come first. A
 * refusal is a value, no answer is an exception; who calls decides how long to try.
 */
@NullMarked
package io.cloudtask.agent.center;

import org.jspecify.annotations.NullMarked;
