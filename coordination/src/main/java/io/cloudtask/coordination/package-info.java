/**
 * What must be noticed quickly: who is there, and that a job set has a newer revision. No
 * correctness rests on it; what must never be wrong is a row in the store. One interface, two
 * makers: ZooKeeper for real clusters and an in-memory twin for tests and simulation, both held to
 * the same contract tests.
 */
@NullMarked
package io.cloudtask.coordination;

import org.jspecify.annotations.NullMarked;
