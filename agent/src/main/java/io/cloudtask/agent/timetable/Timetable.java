package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is started and what is not. Not thread-safe: one thread owns it. Every method takes
 * the wall clock's time, which may step in both directions, and returns what follows.
 *
 * <p>The gate is closed until {@link #gate} says otherwise, and must be told before each {@link
 * #wake} and each event, from a look at the lease that is not older than the look at the wall clock
 * whose time it is told with: what is started is then never due after the end of the lease.
 */
public final class Timetable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Holdings holdings;
  private final Map<String, Plan> plans;
  private final Lanes lanes = new Lanes();
  private final Firing firing = new Firing(lanes);
  private final Agenda agenda = new Agenda();
  private final Openings openings;
  private final Requests requests;
  private final Passage passage;
  private long revision;
  private long autonomy;
  private @Nullable JobSet coming;
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
    this.revision = recovered.revision();
    this.autonomy = recovered.autonomy();
    Calendars calendars = new Calendars();
    this.holdings = new Holdings(recovered, calendars, host, startedAt);
    this.plans = holdings.plans();
    this.openings = new Openings(startedAt);
    this.requests = new Requests(plans, lanes, firing);
    Instant floor = recovered.floor().orElse(Instant.MIN);
    Accounts accounts = new Accounts(lanes, openings, floor, startedAt);
    this.passage =
        new Passage(
            lanes,
            openings,
            accounts,
            new Answering(firing, accounts, calendars, host),
            new Redoing(lanes, firing));
    recovered.runs().forEach(lanes::add);
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

  /** Hears whether fire times may be started now. */
  public void gate(Gate gate, Instant now) {
    notice(now);
    if (openings.told(gate, now)) {
      lookAtAll(now);
    }
  }

  /** When the clock was set back, what was planned by the later time is planned anew. */
  private void notice(Instant now) {
    if (now.isBefore(latest)) {
      plans.values().forEach(Plan::forgetClaims);
      lookAtAll(now);
    }
    latest = now;
  }

  private void lookAtAll(Instant now) {
    plans.keySet().forEach(jobId -> agenda.put(jobId, now));
    lanes.jobs().forEach(jobId -> agenda.put(jobId, now));
  }

  /**
   * Takes a job set: jobs that are new or changed, and leaves those that it does not name. From now
   * on nothing is started of a span that the set says is closed.
   */
  public Effects take(JobSet set, Instant now) {
    decide(now);
    Draft draft = new Draft();
    coming = set;
    holdings.note(set, now, draft).forEach(jobId -> look(jobId, now, draft));
    finish(draft);
    return draft.effects();
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
   * Hears whether a fire time is this agent's to start. An answer that comes too late changes
   * nothing.
   */
  public Effects claimed(ClaimOrder order, boolean granted, Instant now) {
    Plan plan = plans.get(order.jobid());
    if (plan == null) {
      return Effects.NONE;
    }
    boolean heard = heard(plan.round(), order, granted);
    heard |= heard(plan.redoRound(), order, granted);
    Draft draft = new Draft();
    if (heard) {
      look(plan.id(), now, draft);
      finish(draft);
    }
    return draft.effects();
  }

  private static boolean heard(@Nullable Round round, ClaimOrder order, boolean granted) {
    return round != null && round.answered(order.fireat(), granted) && round.complete();
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
    plans.values().stream()
        .filter(Plan::owesRedo)
        .forEach(plan -> agenda.sooner(plan.id(), now.plus(RETRY)));
    failed.prepares().forEach(draft::prepare);
    failed.claims().forEach(draft::claim);
    return draft.effects();
  }

  /** The jobs in force, in the order in which they were taken first. */
  public List<AssignedJob> jobs() {
    return holdings.jobs();
  }

  /** The revision of the job set that is in force. */
  public long revision() {
    return revision;
  }

  /** Seconds for which this agent goes on past the end of its lease; of the same job set. */
  public long autonomy() {
    return autonomy;
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
    Optional<Instant> next = passage.disconnect(jobId, plan, now, draft);
    if (plan == null) {
      lanes.cancelQueue(jobId, "its job left this agent", now, draft);
    } else {
      Instant settled = passage.advance(plan, now, draft);
      if (settled == null) {
        next = Passage.earlier(next, passage.nextLook(plan, now));
      } else if (holdings.ended(plan, settled, now, draft)) {
        next = Optional.of(now);
      }
    }
    next.ifPresentOrElse(at -> agenda.put(jobId, at), () -> agenda.remove(jobId));
  }

  /** The revision is in force once no job of the set waits for its change. */
  private void finish(Draft draft) {
    JobSet set = coming;
    if (set != null && plans.values().stream().noneMatch(Plan::changing)) {
      if (set.revision() != revision || set.autonomy() != autonomy) {
        revision = set.revision();
        autonomy = set.autonomy();
        draft.record(new Entry.Revised(revision, autonomy));
      }
      coming = null;
    }
  }
}
