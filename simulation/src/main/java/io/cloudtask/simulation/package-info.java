/**
 * Runs a cluster in a pretended world, seed after seed, and says which one broke a promise. What is
 * real and what is pretended: {@code docs/decisions/0010-simulation.md}.
 */
@NullMarked
package io.cloudtask.simulation;

import org.jspecify.annotations.NullMarked;
