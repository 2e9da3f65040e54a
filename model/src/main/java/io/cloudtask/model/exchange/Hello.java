package io.cloudtask.model.exchange;

import io.cloudtask.model.wire.Node;

/**
 * The first call of an agent process to a center.
 *
 * @param incarnation drawn at every process start
 * @param sequence the last one in its journal, 0 for a new one; a center that has applied a later
 *     one refuses it
 * @param clock the agent's wall clock, unix milliseconds
 */
public record Hello(String incarnation, long sequence, long clock, Node node) {}
