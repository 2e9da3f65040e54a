package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A runtime: a named cluster of hosts.
 *
 * @param servers hosts that may join (ip or name); empty: any
 * @param autonomy for how long its agents go on firing when they are cut off from everything, and
 *     by which a failover is later; whole seconds
 */
public record RuntimeRow(
    String name, String description, List<String> servers, Duration autonomy, Instant createat) {
  public RuntimeRow {
    servers = List.copyOf(servers);
  }
}
