package io.cloudtask.simulation.cluster;

import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The person at the console, who is never kept from what he does. */
final class Operator {
  private final Cluster cluster;

  Operator(Cluster cluster) {
    this.cluster = cluster;
  }

  private Store store() {
    return cluster.store().store();
  }

  private Instant now() {
    return Instant.ofEpochMilli(cluster.timeline().instant().toEpochMilli());
  }

  /** Makes the runtime and its jobs. */
  void prepare() {
    Scenario scenario = cluster.scenario();
    store()
        .execute(tx -> {
          tx.runtimes().create(Scenario.RUNTIME, "", List.of(), now());
          tx.runtimes().change(Scenario.RUNTIME, "", List.of(), scenario.autonomy());
          scenario.jobs().forEach((jobid, job) -> tx.jobs().create(jobid, job, "operator", now()));
        });
  }

  /** Does something. */
  void act() {
    AgentHost agent = cluster.timeline().dice().pick(cluster.agents());
    switch (cluster.timeline().dice().between(1, 4)) {
      case 1 -> drain(agent, true);
      case 2, 3 -> drain(agent, false);
      default -> edit();
    }
  }

  private void drain(AgentHost agent, boolean on) {
    cluster.timeline().trace().say("operator", "%s %s", on ? "drains" : "undrains", agent.name());
    store()
        .execute(tx -> {
          if (tx.agents().find(agent.key()).isPresent()) {
            tx.agents().draining(agent.key(), on);
          }
        });
    cluster.plan();
  }

  private void edit() {
    String jobid = cluster.timeline().dice().pick(List.copyOf(cluster.scenario().jobs().keySet()));
    cluster.timeline().trace().say("operator", "edits %s", jobid);
    store().execute(tx -> tx.jobs().find(jobid).ifPresent(job -> edit(tx, job)));
    cluster.plan();
  }

  private void edit(Tx tx, JobRow job) {
    UnheldJobs.close(tx, job.jobid(), now(), ZoneOffset.UTC);
    tx.jobs().change(job.jobid(), job.version(), job.definition(), "operator", now());
  }

  /** Takes back what would keep jobs from being held. */
  void calm() {
    cluster.agents().forEach(agent -> drain(agent, false));
  }
}
