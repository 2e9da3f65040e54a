package io.cloudtask.center.allocate;

import java.util.List;

/**
 * An agent, as far as placing jobs goes.
 *
 * @param capacity how many jobs it takes at the most
 * @param online only an agent that is online gets new jobs; one that is offline keeps its own
 */
public record Host(
    String key, String runtime, String hostname, String ipaddr, int capacity, boolean online) {

  /** Whether a list of hosts (ip or name) names it. */
  boolean isIn(List<String> hosts) {
    return hosts.stream().anyMatch(h -> h.equals(ipaddr) || h.equalsIgnoreCase(hostname));
  }
}
