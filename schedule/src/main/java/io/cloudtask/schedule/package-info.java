/**
 * When is this due next? A schedule is compiled once from its wire form and then answers {@code
 * next(after)} as a pure function; time and zone are always arguments. This package uses {@code
 * java.base} alone, and it is the only place that knows the rules of fire times: the agent plans
 * with it, and the center shows and judges with the very same code.
 */
@NullMarked
package io.cloudtask.schedule;

import org.jspecify.annotations.NullMarked;
