package io.cloudtask.model.wire;

/**
 * A host of a runtime.
 *
 * @param status 1 online, 0 offline
 * @param alivestamp unix seconds of its process start
 */
public record Server(
    String key,
    String name,
    String ipaddr,
    String apiaddr,
    String os,
    String platform,
    int status,
    long alivestamp) {}
