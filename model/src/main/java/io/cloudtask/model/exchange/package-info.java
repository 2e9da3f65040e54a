/**
 * What an agent and a center say to each other: the set of jobs that an agent holds, flowing down,
 * and the facts about what happened, flowing up in the order of the agent's journal. Both ends
 * share these records; unknown fields are ignored on input, so that either end may be the newer
 * one.
 */
@NullMarked
package io.cloudtask.model.exchange;

import org.jspecify.annotations.NullMarked;
