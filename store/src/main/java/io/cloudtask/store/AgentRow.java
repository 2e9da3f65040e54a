package io.cloudtask.store;

import io.cloudtask.model.wire.Node;
import java.time.Instant;

/**
 * An agent.
 *
 * @param runtime that it joined ({@code node.location})
 * @param incarnation of the process that said hello last
 * @param applied last sequence of its journal that is committed here
 * @param revision of its job set, as planned
 * @param acknowledged the revision it last said it holds
 * @param online whether the coordinator saw it last
 * @param seen when it last spoke to a center
 * @param capacity how many jobs it takes at the most
 */
public record AgentRow(
    String key,
    String runtime,
    Node node,
    String incarnation,
    long applied,
    long revision,
    long acknowledged,
    boolean online,
    Instant seen,
    int capacity) {}
