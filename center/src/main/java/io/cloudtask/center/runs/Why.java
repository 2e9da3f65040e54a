package io.cloudtask.center.runs;

import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.GapRow;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers "what happened at that instant, and why not?". Pure. */
public final class Why {
  private final WhyFacts facts;
  private final Instant now;

  private Why(WhyFacts facts, Instant now) {
    this.facts = facts;
    this.now = now;
  }

  /** The answer, from what the store knows. */
  public static WhyView explain(WhyFacts facts, Instant now) {
    return new Why(facts, now).view();
  }

  private WhyView view() {
    RunView run = facts.run();
    if (run != null) {
      return ofRun(run);
    }
    WhyFacts.Ruling ruling = facts.ruling();
    if (ruling == null) {
      return view(
          Verdict.NOT_DUE,
          "the job did not exist then; it was made at " + facts.job().createat(),
          null,
          null);
    }
    JobSchedule schedule = JobSchedule.of(ruling.definition(), ruling.host());
    GapRow gap = facts.gap();
    if (!schedule.isDue(facts.at())) {
      return notDue(ruling, schedule);
    }
    if (gap != null && !(facts.unsettled() != null && claimed(gap))) {
      return ofGap(gap);
    }
    return facts.at().isAfter(now)
        ? view(Verdict.FUTURE, "it is due then, " + inForce(ruling), ruling.version(), null)
        : view(Verdict.UNKNOWN, unanswered(ruling), ruling.version(), null);
  }

  private WhyView ofRun(RunView run) {
    if (run.state() == RunState.CANCELLED) {
      String why = run.reason().isEmpty() ? "" : ": " + run.reason();
      return new WhyView(
          facts.job().jobid(),
          facts.job().definition().name(),
          facts.at(),
          Verdict.SKIPPED,
          "its run waited for its turn and never started" + why + "; see run " + run.runid(),
          run.version(),
          run.runid(),
          "cancelled",
          null,
          null);
    }
    return new WhyView(
        facts.job().jobid(),
        facts.job().definition().name(),
        facts.at(),
        Verdict.RAN,
        RunWords.describe(run),
        run.version(),
        run.runid(),
        null,
        null,
        null);
  }

  /** The agent that has the claim may be the one that is lost. */
  private static boolean claimed(GapRow gap) {
    return gap.reason() == GapReason.CLAIMED_ELSEWHERE;
  }

  private WhyView ofGap(GapRow gap) {
    boolean skipped = gap.reason().answer() == Answer.SKIPPED;
    String others =
        gap.count() == 1
            ? ""
            : "; so were all "
                + gap.count()
                + " due instants from "
                + gap.first()
                + " to "
                + gap.last();
    return view(
        skipped ? Verdict.SKIPPED : Verdict.MISSED,
        "it was due and " + (skipped ? "skipped" : "missed") + ": " + gap.reason().words() + others,
        gap.version(),
        gap.reason().name().toLowerCase(Locale.ROOT));
  }

  private WhyView notDue(WhyFacts.Ruling ruling, JobSchedule schedule) {
    String why;
    if (!ruling.definition().enabled()) {
      why = "the job was disabled, so nothing was due";
    } else if (ruling.definition().schedules().isEmpty()) {
      why = "the job has no schedule; it runs by hand only";
    } else if (!schedule.problems().isEmpty()) {
      why = "its schedule can't fire: " + String.join("; ", schedule.problems());
    } else {
      why = "it was not due then: " + String.join("; ", schedule.words());
    }
    Optional<Instant> previous = schedule.previous(facts.at(), ruling.effective());
    Optional<Instant> following = schedule.due().next(facts.at());
    return new WhyView(
        facts.job().jobid(),
        facts.job().definition().name(),
        facts.at(),
        Verdict.NOT_DUE,
        why + " (" + inForce(ruling) + ")",
        ruling.version(),
        null,
        null,
        previous.orElse(null),
        following.orElse(null));
  }

  private String unanswered(WhyFacts.Ruling ruling) {
    Instant cursor = facts.cursor();
    String due = "it was due (" + inForce(ruling) + "), ";
    WhyFacts.Unsettled unsettled = facts.unsettled();
    if (unsettled != null) {
      return due
          + "and whether it ran is not known: agent "
          + unsettled.agent()
          + " had the job then and has been taken for dead since "
          + unsettled.since()
          + "; it will tell when it comes back";
    }
    if (cursor != null && !facts.at().isAfter(cursor)) {
      return due + "and its answer is no longer kept: it is older than the retention of runs";
    }
    if (facts.agent() == null) {
      String reason = facts.job().execerr();
      return due + "and no agent holds the job" + (reason.isEmpty() ? "" : ": " + reason);
    }
    return facts.online()
        ? due + "and agent " + facts.agent() + " has not reported on it yet; ask again"
        : due
            + "and agent "
            + facts.agent()
            + ", which owns it, is away; it will tell when it comes back";
  }

  private static String inForce(WhyFacts.Ruling ruling) {
    return "under version " + ruling.version();
  }

  private WhyView view(
      Verdict verdict, String explanation, @Nullable Long version, @Nullable String reason) {
    return new WhyView(
        facts.job().jobid(),
        facts.job().definition().name(),
        facts.at(),
        verdict,
        explanation,
        version,
        null,
        reason,
        null,
        null);
  }
}
