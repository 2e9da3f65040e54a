package io.cloudtask.model.wire;

/** What all nodes of a cluster share through the coordinator. It holds no secret. */
public record ServerConfig(String websitehost, String centerhost) {}
