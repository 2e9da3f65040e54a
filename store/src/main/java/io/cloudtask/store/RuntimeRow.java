package io.cloudtask.store;

import java.time.Instant;
import java.util.List;

/**
 * A runtime: a named cluster of hosts.
 *
 * @param servers hosts that may join (ip or name); empty: any
 */
public record RuntimeRow(String name, String description, List<String> servers, Instant createat) {
  public RuntimeRow {
    servers = List.copyOf(servers);
  }
}
