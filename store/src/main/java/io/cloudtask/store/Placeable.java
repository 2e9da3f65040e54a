package io.cloudtask.store;

import java.util.List;

/**
 * What placing a job needs to know of it.
 *
 * @param servers hosts (ip or name) it is pinned to; empty: any of the runtime
 * @param unplaced why nobody could take it when it was last tried; "" when somebody could
 */
public record Placeable(String jobid, String runtime, List<String> servers, String unplaced) {
  public Placeable {
    servers = List.copyOf(servers);
  }
}
