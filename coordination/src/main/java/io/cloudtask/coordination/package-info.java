/**
 * What must be noticed quickly: who is there, who leads, and that a job set has a newer revision.
 * No correctness rests on an event or a fresh read; it rests on two transactions, registering and
 * fencing, and on answered writes, which are an agent's lease. One interface, two makers: ZooKeeper
 * for real clusters and an in-memory twin for tests and simulation, both held to the same contract
 * tests.
 */
@NullMarked
package io.cloudtask.coordination;

import org.jspecify.annotations.NullMarked;
