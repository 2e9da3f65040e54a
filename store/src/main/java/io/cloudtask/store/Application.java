package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the facts of one batch make of jobs, gaps and assignments; the runs go into a book. */
final class Application {
  private final Session session;
  private final String agentkey;
  private final RunBook runs;
  private final GapBook gaps;
  private final EventBook events;
  private final JobMarks marks;
  private final Ownership ownership;

  Application(Session session, String agentkey, List<Report> reports, RunBook runs) {
    this.session = session;
    this.agentkey = agentkey;
    this.runs = runs;
    this.gaps = new GapBook(session.handle());
    this.events = new EventBook(session.handle());
    this.marks = new JobMarks(session);
    this.ownership =
        Ownership.of(
            session,
            agentkey,
            reports.stream().map(report -> report.fact().jobid()).collect(Collectors.toSet()));
  }

  /** Returns what speaks against the fact; null when nothing does. */
  @Nullable Objection apply(Fact fact) {
    return switch (fact) {
      case Fact.Granted granted -> granted(granted);
      case Fact.Started started -> {
        Objection refusal = runs.apply(started);
        if (refusal == null) {
          marks.executed(started.jobid(), started.startedat());
        }
        yield refusal;
      }
      case Fact.Ended ended -> {
        Objection refusal = runs.apply(ended);
        if (refusal == null) {
          marks.ended(ended);
        }
        yield refusal;
      }
      case Fact.Gap gap -> gap(gap);
      case Fact.Took took -> took(took);
      case Fact.Dropped dropped -> {
        dropped(dropped);
        yield null;
      }
      case Fact.Fault fault -> {
        marks.fault(fault);
        yield null;
      }
    };
  }

  private @Nullable Objection granted(Fact.Granted fact) {
    Objection refusal = runs.apply(fact);
    if (refusal != null) {
      return refusal;
    }
    if (!fact.queued()) {
      marks.executed(fact.jobid(), fact.grantedat());
    }
    Instant fireat = fact.fireat();
    return fireat == null ? null : started(fact, fireat);
  }

  private @Nullable Objection started(Fact.Granted fact, Instant fireat) {
    boolean doubtful = ownership.doubtful(fact.jobid(), fireat);
    if (doubtful || madeUpFor(fact, fireat)) {
      gaps.ran(fact.jobid(), fireat);
    }
    if (!doubtful) {
      marks.answered(fact.jobid(), fireat);
      return null;
    }
    if (ownership.of(fact.jobid(), fireat) == Ownership.Verdict.FOREIGN && fact.attempt() == 1) {
      return Objection.violation(
          "it had lost the job at %s, and the fire time is another's; the run is recorded"
              .formatted(ownership.endOf(fact.jobid(), fireat).orElse(fireat)));
    }
    ownership.answered(fact.jobid(), fireat);
    marks.answered(fact.jobid(), fireat);
    return null;
  }

  /** Its owner may have told since that it did not run it, and settled everything. */
  private static boolean madeUpFor(Fact.Granted fact, Instant fireat) {
    Instant after = fact.after();
    return fact.attempt() > 1 || (after != null && !fireat.isAfter(after));
  }

  private @Nullable Objection gap(Fact.Gap gap) {
    if (!ownership.doubtful(gap.jobid(), gap.first())) {
      gaps.apply(gap);
      events.missed(gap, agentkey);
      marks.answered(gap.jobid(), gap.last());
      return null;
    }
    if (ownership.of(gap.jobid(), gap.first()) == Ownership.Verdict.FOREIGN) {
      return Objection.ignored("it had lost the job before, and these fire times are another's");
    }
    Fact.Gap own =
        ownership
            .endOf(gap.jobid(), gap.first())
            .filter(end -> end.isBefore(gap.last()) && !end.isBefore(gap.first()))
            .map(end -> until(gap, end))
            .orElse(gap);
    gaps.applyBesideRuns(own);
    events.missed(own, agentkey);
    ownership.answered(own.jobid(), own.last());
    marks.answered(own.jobid(), own.last());
    return null;
  }

  private static Fact.Gap until(Fact.Gap gap, Instant end) {
    return new Fact.Gap(
        gap.jobid(), gap.version(), gap.first(), end, gap.count(), gap.reason(), gap.after());
  }

  private @Nullable Objection took(Fact.Took took) {
    boolean late =
        ownership
            .endOf(took.jobid(), took.effective().plusMillis(1))
            .filter(took.effective()::isAfter)
            .isPresent();
    if (late) {
      return Objection.ignored("it had lost the job before");
    }
    new SqlLedger(session).took(took, agentkey);
    return null;
  }

  private void dropped(Fact.Dropped dropped) {
    if (new SqlAssignments(session).dropped(dropped, agentkey)) {
      marks.answered(dropped.jobid(), dropped.at());
    }
    ownership.told(dropped.jobid(), dropped.span());
  }

  /** Writes everything; the runs must have been written before. Returns the jobs it was about. */
  Set<String> flush() {
    gaps.flush();
    runs.tell(events);
    events.flush();
    ownership.flush();
    marks.flush();
    return marks.jobs();
  }
}
