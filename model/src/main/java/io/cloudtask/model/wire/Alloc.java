package io.cloudtask.model.wire;

import java.util.List;

/** The assignment table of a runtime, as the center shows it. */
public record Alloc(String location, long version, List<Entry> data) {
  /**
   * One job and the node that holds it; {@code key}, {@code ipaddr}, {@code hostname} are "" while
   * nobody does.
   */
  public record Entry(
      String jobid, String key, long version, String jobname, String ipaddr, String hostname) {}
}
