package io.cloudtask.center.allocate;

import java.util.List;

/**
 * An agent, as far as placing jobs goes.
 *
 * @param capacity how many jobs it takes at the most
 * @param closed why it gets no new jobs, for people ("offline", "draining"); "" when it gets some.
 *     One that is closed keeps its own
 * @param draining its jobs are to leave, as far as others can take them
 * @param settled it has been here for long enough to be given jobs that others hold; until then it
 *     gets only those that nobody holds
 * @param running how many runs are going there
 */
public record Host(
    String key,
    String runtime,
    String hostname,
    String ipaddr,
    int capacity,
    String closed,
    boolean draining,
    boolean settled,
    int running) {

  /** Whether a list of hosts (ip or name) names it. */
  boolean isIn(List<String> hosts) {
    return hosts.stream().anyMatch(h -> h.equals(ipaddr) || h.equalsIgnoreCase(hostname));
  }

  /** The same agent, being drained. */
  public Host drained() {
    return new Host(key, runtime, hostname, ipaddr, capacity, "draining", true, settled, running);
  }
}
