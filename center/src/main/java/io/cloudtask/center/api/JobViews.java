package io.cloudtask.center.api;

import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.center.runs.WhyReader;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows jobs of one transaction. */
final class JobViews {
  private final Tx tx;
  private final Instant now;
  private final ZoneId zone;
  private final Map<String, String> hosts = new HashMap<>();

  JobViews(Tx tx, Instant now, ZoneId zone) {
    this.tx = tx;
    this.now = now;
    this.zone = zone;
  }

  JobView view(JobRow job) {
    JobSchedule schedule = JobSchedule.of(job.definition(), WhyReader.hostZone(tx, job, now, zone));
    boolean broken = !schedule.problems().isEmpty();
    return new JobView(
        job.jobid(),
        job.version(),
        Secrets.masked(job.definition()),
        broken ? JobView.FAILED : job.stat(),
        broken ? String.join("; ", schedule.problems()) : job.execerr(),
        job.execat(),
        schedule.due().next(now).orElse(null),
        schedule.words(),
        job.agentkey() == null ? null : host(job.agentkey()),
        job.agentkey(),
        job.createuser(),
        job.createat(),
        job.edituser(),
        job.editat());
  }

  List<JobView> views(List<JobRow> jobs) {
    return jobs.stream().map(this::view).toList();
  }

  private String host(String agentkey) {
    return hosts.computeIfAbsent(
        agentkey,
        key -> tx.agents().find(key).map(AgentRow::node).map(n -> n.hostname()).orElse(key));
  }
}
