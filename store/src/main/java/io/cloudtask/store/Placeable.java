package io.cloudtask.store;

import java.util.List;

/**
 * What placing a job needs to know of it.
 *
 * @param servers hosts (ip or name) it is pinned to; empty: any of the runtime
 */
public record Placeable(String jobid, String runtime, List<String> servers) {
  public Placeable {
    servers = List.copyOf(servers);
  }
}
