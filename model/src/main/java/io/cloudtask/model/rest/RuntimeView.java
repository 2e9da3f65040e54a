package io.cloudtask.model.rest;

import java.util.List;

/**
 * A runtime.
 *
 * @param servers hosts that may join (ip or name); empty: any
 * @param autonomy seconds for which its agents go on firing when they are cut off from everything,
 *     and by which a failover is later
 */
public record RuntimeView(
    String name,
    String description,
    List<String> servers,
    long autonomy,
    long jobs,
    List<AgentView> agents) {}
