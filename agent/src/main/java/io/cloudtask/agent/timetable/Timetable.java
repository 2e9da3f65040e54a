package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is started and what is not. Not thread-safe: one thread owns it. Every method takes
 * the wall clock's time, which may step in both directions, and returns what follows.
 */
public final class Timetable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Map<String, Plan> plans = new LinkedHashMap<>();
  private final Map<String, Instant> left;
  private final Lanes lanes = new Lanes();
  private final Firing firing = new Firing(lanes);
  private final Agenda agenda = new Agenda();
  private final Requests requests = new Requests(plans, lanes, firing);
  private final Passage passage;
  private final ZoneId host;
  private long revision;
  private @Nullable Long coming;
  private boolean decided;
  private Instant latest = Instant.MIN;

  /**
   * Continues where a journal ends.
   *
   * @param recovered what the journal says
   * @param host the zone of this host
   * @param startedAt up to then the agent was not running
   */
  public Timetable(JournalState recovered, ZoneId host, Instant startedAt) {
    this.host = host;
    this.revision = recovered.revision();
    this.left = new HashMap<>(recovered.left());
    this.passage =
        new Passage(lanes, firing, host, recovered.floor().orElse(Instant.MIN), startedAt);
    for (HeldJob held : recovered.jobs()) {
      Calendar calendar = Calendar.of(held.job().definition(), zone(held));
      plans.put(held.job().jobid(), new Plan(held, calendar, startedAt));
    }
    recovered.runs().forEach(lanes::add);
  }

  private ZoneId zone(HeldJob held) {
    try {
      return ZoneId.of(held.zone());
    } catch (DateTimeException e) {
      return host; // The zone is gone from the host's tables since; the next job set says so.
    }
  }

  /** What must be made ready for the jobs that were held before the start; called once. */
  public Effects recover() {
    Draft draft = new Draft();
    plans.values().forEach(plan -> draft.prepare(plan.job()));
    return draft.effects();
  }

  /**
   * Until this is called, or a job set is taken, nothing is decided about what is due: it is better
   * done by the newest definitions, and an agent that has just started may not have them yet.
   */
  public void decide(Instant now) {
    notice(now);
    if (!decided) {
      decided = true;
      lookAtAll(now);
    }
  }

  /** When the clock was set back, what was planned by the later time is planned anew. */
  private void notice(Instant now) {
    if (now.isBefore(latest)) {
      lookAtAll(now);
    }
    latest = now;
  }

  private void lookAtAll(Instant now) {
    plans.keySet().forEach(jobId -> agenda.put(jobId, now));
    lanes.waiting().forEach(jobId -> agenda.put(jobId, now));
  }

  /** Takes a job set: jobs that are new or changed, and leaves those that it does not name. */
  public Effects take(JobSet set, Instant now) {
    decide(now);
    Draft draft = new Draft();
    Set<String> named = new HashSet<>();
    List<String> touched = new ArrayList<>();
    for (AssignedJob job : set.jobs()) {
      named.add(job.jobid());
      if (intend(job, now, draft)) {
        touched.add(job.jobid());
      }
    }
    for (Plan plan : plans.values()) {
      if (!named.contains(plan.id())) {
        plan.leave();
        touched.add(plan.id());
      }
    }
    coming = set.revision();
    touched.forEach(jobId -> look(jobId, now, draft));
    finish(draft);
    return draft.effects();
  }

  /** Notes what is wanted of one job; says whether something has to be done about it. */
  private boolean intend(AssignedJob job, Instant now, Draft draft) {
    Plan plan = plans.get(job.jobid());
    if (plan == null) {
      adopt(job, now, draft);
      return true;
    }
    boolean changing = plan.changing();
    if (!plan.differs(job, host)) {
      plan.stay();
      return changing;
    }
    if (plan.become(job, now)) {
      draft.prepare(job);
    }
    return true;
  }

  private void adopt(AssignedJob job, Instant now, Draft draft) {
    Instant settled = left.remove(job.jobid());
    Instant from = settled == null || job.from().isAfter(settled) ? job.from() : settled;
    HeldJob held = new HeldJob(job, from, host.getId(), from, "");
    draft.record(new Entry.Took(job, from, host.getId()));
    plans.put(job.jobid(), new Plan(held, Calendar.of(job.definition(), host), now));
    draft.prepare(job);
  }

  /** Does what is due. */
  public Effects wake(Instant now) {
    Draft draft = new Draft();
    notice(now);
    agenda.due(now).forEach(jobId -> look(jobId, now, draft));
    finish(draft);
    return draft.effects();
  }

  /** When to wake it next; an instant that has passed means at once. */
  public Optional<Instant> nextWake() {
    return agenda.first();
  }

  /** Hears that the process of a run lives. */
  public Effects started(String runId, long pid, Instant startedAt) {
    OpenRun run = lanes.find(runId);
    if (run == null || run.started() != null) {
      return Effects.NONE;
    }
    Fact.Started fact = new Fact.Started(run.job().jobid(), runId, startedAt, pid);
    lanes.replace(run.with(fact));
    Draft draft = new Draft();
    draft.fact(fact);
    return draft.effects();
  }

  /** Hears the end of a run; a second end of the same run changes nothing. */
  public Effects ended(Fact.Ended end, Instant now) {
    Draft draft = new Draft();
    if (lanes.remove(end.runid())) {
      draft.fact(end);
      look(end.jobid(), now, draft);
      finish(draft);
    }
    return draft.effects();
  }

  /**
   * Hears what came of making a job's work directory.
   *
   * @param reason why it can't be made, for a person; "" when it is there
   */
  public Effects prepared(AssignedJob job, String reason, Instant now) {
    Plan plan = plans.get(job.jobid());
    if (plan == null) {
      return Effects.NONE;
    }
    plan.prepared(job, reason, now);
    Draft draft = new Draft();
    look(job.jobid(), now, draft);
    finish(draft);
    return draft.effects();
  }

  /**
   * Starts a job by hand. While a run goes on or waits, or when this run has been asked for before,
   * it is accepted and starts nothing.
   *
   * @param runId of the new run
   */
  public Reply start(String jobId, String runId, Instant now) {
    return requests.start(jobId, runId, now);
  }

  /**
   * Stops the runs of a job, and those that wait. When there is none its state is reported afresh.
   *
   * @param runId the one to stop; null for all
   */
  public Reply stop(String jobId, @Nullable String runId, Instant now) {
    return requests.stop(jobId, runId, now);
  }

  /**
   * Hears that effects which promise runs could not be journalled: nothing of them is started.
   *
   * @return what is to be journalled in their stead, as soon as that is possible
   */
  public Effects notJournalled(Effects failed, Instant now) {
    Draft draft = new Draft();
    new Retraction(plans, lanes, draft).of(failed.records());
    requests.forget(failed.starts());
    lanes.waiting().forEach(jobId -> agenda.sooner(jobId, now.plus(RETRY)));
    failed.prepares().forEach(draft::prepare);
    return draft.effects();
  }

  /** The jobs in force, in the order in which they were taken first. */
  public List<AssignedJob> jobs() {
    return plans.values().stream().map(Plan::job).toList();
  }

  /** The revision of the job set that is in force. */
  public long revision() {
    return revision;
  }

  /** Whether a run is neither over nor unknown. */
  public boolean isOpen(String runId) {
    return lanes.find(runId) != null;
  }

  private void look(String jobId, Instant now, Draft draft) {
    if (!decided) {
      return;
    }
    Plan plan = plans.get(jobId);
    lanes.expire(jobId, now, draft);
    if (plan == null) {
      lanes.cancelQueue(jobId, "its job left this agent", now, draft);
      return;
    }
    boolean stays = passage.advance(plan, now, draft);
    if (!stays) {
      plans.remove(jobId);
      left.put(jobId, now.isAfter(plan.settled()) ? now : plan.settled());
      agenda.remove(jobId);
      return;
    }
    Optional<Instant> next = passage.nextLook(plan, now);
    next.ifPresentOrElse(at -> agenda.put(jobId, at), () -> agenda.remove(jobId));
  }

  /** The revision is in force once no job of the set waits for its change. */
  private void finish(Draft draft) {
    if (coming != null && plans.values().stream().noneMatch(Plan::changing)) {
      if (coming != revision) {
        revision = coming;
        draft.record(new Entry.Revised(revision));
      }
      coming = null;
    }
  }
}
