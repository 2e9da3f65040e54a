package io.cloudtask.model.rest;

import java.util.List;

/**
 * A runtime.
 *
 * @param servers hosts that may join (ip or name); empty: any
 */
public record RuntimeView(
    String name, String description, List<String> servers, long jobs, List<AgentView> agents) {}
