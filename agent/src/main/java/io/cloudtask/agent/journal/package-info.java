/**
 * The memory of an agent: one append-only file that says what it holds, what it has promised to
 * start, and which facts no center has acknowledged yet. Whoever appends may wait until the disk
 * has it, and many who wait share one flush. The state of the agent is the fold of the records, in
 * life and at replay alike, so that a restart can't believe anything else than the agent did.
 */
@NullMarked
package io.cloudtask.agent.journal;

import org.jspecify.annotations.NullMarked;
