package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which agents could hold a job.
 *
 * @param eligible those that could take it now
 * @param refused the others
 */
public record Prospects(List<Host> eligible, List<Refused> refused) {
  public Prospects {
    eligible = List.copyOf(eligible);
    refused = List.copyOf(refused);
  }

  /** An agent that can't hold the job, and why. */
  public record Refused(Host host, String reason) {}

  /** Looks at every agent of the job's runtime, in the order of their names. */
  public static Prospects of(Snapshot snapshot, Placeable job) {
    Fleet fleet = new Fleet(snapshot);
    Eligibility eligibility = new Eligibility(snapshot, fleet);
    List<Host> eligible = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    snapshot.hosts().stream()
        .filter(host -> host.runtime().equals(job.runtime()))
        .sorted(Comparator.comparing(Host::hostname).thenComparing(Host::key))
        .forEach(host -> {
          String reason = whyNot(snapshot, fleet, eligibility, job, host);
          if (reason.isEmpty()) {
            eligible.add(host);
          } else {
            refused.add(new Refused(host, reason));
          }
        });
    return new Prospects(eligible, refused);
  }

  private static String whyNot(
      Snapshot snapshot, Fleet fleet, Eligibility eligibility, Placeable job, Host host) {
    String reason = eligibility.whyNot(job, host);
    if (!reason.isEmpty()) {
      return reason;
    }
    if (!host.closed().isEmpty()) {
      return host.closed();
    }
    Snapshot.Holder holder = snapshot.held().get(job.jobid());
    boolean holds = holder != null && holder.agentkey().equals(host.key());
    return holds || fleet.hasRoomNow(fleet.number(host.key()))
        ? ""
        : "no room left: it takes " + host.capacity();
  }
}
