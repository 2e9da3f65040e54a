package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs that are held, and what a job set means for each. Not thread-safe. */
final class Holdings {
  private final Map<String, Plan> plans = new LinkedHashMap<>();
  private final Map<String, Entry.Left> left;
  private final Set<ClosedSpan> neverTaken = new HashSet<>();
  private final Calendars calendars;
  private final ZoneId host;

  Holdings(JournalState recovered, Calendars calendars, ZoneId host, Instant startedAt) {
    this.calendars = calendars;
    this.host = host;
    this.left = new HashMap<>(recovered.left());
    for (HeldJob held : recovered.jobs()) {
      Calendar calendar = calendars.of(held.job().definition(), zone(held));
      plans.put(held.job().jobid(), new Plan(held, calendar, startedAt));
    }
  }

  private ZoneId zone(HeldJob held) {
    try {
      return ZoneId.of(held.zone());
    } catch (DateTimeException e) {
      return host; // The zone is gone from the host's tables since; the next job set says so.
    }
  }

  /** Changes with the holdings. */
  Map<String, Plan> plans() {
    return plans;
  }

  /** Notes what a set says; returns the jobs about which something has to be done. */
  Set<String> note(JobSet set, Instant now, Draft draft) {
    Set<String> touched = new LinkedHashSet<>();
    for (ClosedSpan span : set.closed()) {
      close(span, touched, draft);
    }
    Set<String> named = new HashSet<>();
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
    return touched;
  }

  private void close(ClosedSpan span, Set<String> touched, Draft draft) {
    Plan plan = plans.get(span.jobid());
    if (plan != null && plan.job().span() == span.span()) {
      plan.fence(span.until());
      touched.add(plan.id());
      return;
    }
    boolean later = plan != null && plan.job().span() < span.span();
    if (later || given(span.jobid(), span.span()) || !neverTaken.add(span)) {
      return;
    }
    // It was given to this agent and taken again before the agent ever heard of it: of what was due
    // in it nothing is answered here, and nobody knows the schedule here.
    draft.fact(new Fact.Dropped(span.jobid(), span.span(), Instant.EPOCH));
    if (plan == null) {
      Entry.Left gone = left.get(span.jobid());
      Instant settled = gone == null ? Instant.EPOCH : gone.at();
      left.put(span.jobid(), new Entry.Left(span.jobid(), settled, span.span()));
    }
  }

  private boolean given(String jobId, long span) {
    Entry.Left gone = left.get(jobId);
    return gone != null && span <= gone.span();
  }

  /** Notes what is wanted of one job; says whether something has to be done about it. */
  private boolean intend(AssignedJob job, Instant now, Draft draft) {
    Plan plan = plans.get(job.jobid());
    if (plan == null) {
      boolean taken = !given(job.jobid(), job.span());
      if (taken) {
        adopt(job, now, draft);
      }
      return taken;
    }
    if (job.span() != plan.job().span()) {
      if (job.span() > plan.job().span()) {
        plan.supersede(job);
      }
      return plan.end() != null;
    }
    return plan.end() instanceof Plan.End.Fenced || keep(plan, job, now, draft);
  }

  private boolean keep(Plan plan, AssignedJob job, Instant now, Draft draft) {
    boolean changing = plan.changing();
    boolean flagged = plan.flag(job);
    if (flagged) {
      draft.record(new Entry.Took(plan.job(), plan.effective(), plan.zone()));
    }
    if (!plan.differs(job, host)) {
      plan.stay();
      return changing || flagged;
    }
    if (plan.become(job, now)) {
      draft.prepare(job);
    }
    return true;
  }

  private void adopt(AssignedJob named, Instant now, Draft draft) {
    Entry.Left gone = left.remove(named.jobid());
    AssignedJob job = gone == null ? named : Plan.afterOwn(named, gone.at());
    Instant from = gone == null || job.from().isAfter(gone.at()) ? job.from() : gone.at();
    boolean redone = !JournalState.redoes(job);
    HeldJob held = new HeldJob(job, from, host.getId(), from, "", redone);
    draft.record(new Entry.Took(job, from, host.getId()));
    plans.put(job.jobid(), new Plan(held, calendars.of(job.definition(), host), now));
    draft.prepare(job);
  }

  /**
   * A span has ended; when the set names a later one, that is taken up.
   *
   * @param settled everything up to it is answered here, or is not this agent's to answer
   * @return whether the job is held again
   */
  boolean ended(Plan plan, Instant settled, Instant now, Draft draft) {
    plans.remove(plan.id());
    left.put(plan.id(), new Entry.Left(plan.id(), settled, plan.job().span()));
    AssignedJob heir = plan.heir();
    if (heir != null) {
      adopt(heir, now, draft);
    }
    return heir != null;
  }

  /** The jobs in force, in the order in which they were taken first. */
  List<AssignedJob> jobs() {
    List<AssignedJob> jobs = new ArrayList<>(plans.size());
    plans.values().forEach(plan -> jobs.add(plan.job()));
    return List.copyOf(jobs);
  }
}
