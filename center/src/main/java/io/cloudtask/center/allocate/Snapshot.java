package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known when moves are planned.
 *
 * @param jobs each once
 * @param hosts every agent that was ever seen, each once
 * @param listed per runtime the hosts (ip or name) that may hold its jobs; absent or empty: any
 * @param held the job that each open assignment is about, and who holds it
 */
public record Snapshot(
    Mode mode,
    List<Placeable> jobs,
    List<Host> hosts,
    Map<String, List<String>> listed,
    Map<String, Holder> held) {
  public Snapshot {
    jobs = List.copyOf(jobs);
    hosts = List.copyOf(hosts);
    listed = Map.copyOf(listed);
    // Not Map.copyOf: it is slow to make, and to ask, with an entry for each of 100,000 jobs.
    held = Collections.unmodifiableMap(new HashMap<>(held));
  }

  /**
   * Who holds a job.
   *
   * @param recalled it was asked back and has not been given back yet
   */
  public record Holder(String agentkey, boolean recalled) {}

  /** The same, with an agent being drained. */
  public Snapshot draining(String agentkey) {
    List<Host> changed =
        hosts.stream().map(h -> h.key().equals(agentkey) ? h.drained() : h).toList();
    return new Snapshot(mode, jobs, changed, listed, held);
  }
}
