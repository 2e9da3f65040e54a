/**
 * A pretended world: virtual time, processes whose steps interleave, a network between them. One
 * thing happens after the other, and which one comes next follows from a seed, so that what went
 * wrong once goes wrong again. A process is written as plain sequential code; each of its steps may
 * be the one before which it is frozen or killed.
 */
@NullMarked
package io.cloudtask.simulation.world;

import org.jspecify.annotations.NullMarked;
