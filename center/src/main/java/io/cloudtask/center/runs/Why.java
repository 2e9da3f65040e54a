package io.cloudtask.center.runs;

import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Cause;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.GapRow;
import java.time.Instant;
import java.util.Locale;
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
      String words = "the job did not exist then; it was made at " + facts.job().createat();
      return view(Verdict.NOT_DUE, Cause.NOT_MADE, words, null, Because.NOTHING);
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
        ? view(
            Verdict.FUTURE,
            Cause.TO_COME,
            "it is due then, under version " + ruling.version(),
            ruling.version(),
            Because.NOTHING)
        : unanswered(ruling);
  }

  private WhyView ofRun(RunView run) {
    if (run.state() == RunState.CANCELLED) {
      String why = run.reason().isEmpty() ? "" : ": " + run.reason();
      return view(
          Verdict.SKIPPED,
          Cause.CANCELLED,
          "its run waited for its turn and never started" + why + "; see run " + run.runid(),
          run.version(),
          Because.of(run, "cancelled"));
    }
    return view(
        Verdict.RAN, Cause.RUN, RunWords.describe(run), run.version(), Because.of(run, null));
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
        Cause.GAP,
        "it was due and " + (skipped ? "skipped" : "missed") + ": " + gap.reason().words() + others,
        gap.version(),
        Because.of(gap));
  }

  private WhyView notDue(WhyFacts.Ruling ruling, JobSchedule schedule) {
    Cause cause;
    String why;
    if (!ruling.definition().enabled()) {
      cause = Cause.DISABLED;
      why = "the job was disabled, so nothing was due";
    } else if (ruling.definition().schedules().isEmpty()) {
      cause = Cause.BY_HAND;
      why = "the job has no schedule; it runs by hand only";
    } else if (!schedule.problems().isEmpty()) {
      cause = Cause.BROKEN;
      why = "its schedule can't fire: " + String.join("; ", schedule.problems());
    } else {
      cause = Cause.NOT_DUE;
      why = "it was not due then: " + String.join("; ", schedule.words());
    }
    return view(
        Verdict.NOT_DUE,
        cause,
        why + " (under version " + ruling.version() + ")",
        ruling.version(),
        Because.between(
            schedule.previous(facts.at(), ruling.effective()).orElse(null),
            schedule.due().next(facts.at()).orElse(null)));
  }

  private WhyView unanswered(WhyFacts.Ruling ruling) {
    Instant cursor = facts.cursor();
    WhyFacts.Unsettled unsettled = facts.unsettled();
    String agent = facts.agent();
    if (unsettled != null) {
      return unknown(
          ruling,
          Cause.AGENT_LOST,
          "and whether it ran is not known: agent "
              + unsettled.agent()
              + " had the job then and has been taken for dead since "
              + unsettled.since()
              + "; it will tell when it comes back",
          Because.of(unsettled.agent(), unsettled.since()));
    }
    if (cursor != null && !facts.at().isAfter(cursor)) {
      return unknown(
          ruling,
          Cause.NOT_KEPT,
          "and its answer is no longer kept: it is older than the retention of runs",
          Because.NOTHING);
    }
    if (agent == null) {
      String reason = facts.job().execerr();
      return unknown(
          ruling,
          Cause.NO_AGENT,
          "and no agent holds the job" + (reason.isEmpty() ? "" : ": " + reason),
          Because.NOTHING);
    }
    return facts.online()
        ? unknown(
            ruling,
            Cause.NOT_REPORTED,
            "and agent " + agent + " has not reported on it yet; ask again",
            Because.of(agent, null))
        : unknown(
            ruling,
            Cause.AGENT_AWAY,
            "and agent " + agent + ", which owns it, is away; it will tell when it comes back",
            Because.of(agent, null));
  }

  private WhyView unknown(WhyFacts.Ruling ruling, Cause cause, String words, Because because) {
    String due = "it was due (under version " + ruling.version() + "), ";
    return view(Verdict.UNKNOWN, cause, due + words, ruling.version(), because);
  }

  /** What a verdict rests on, where there is something. */
  private record Because(
      @Nullable String runid,
      @Nullable String reason,
      WhyView.@Nullable Gap gap,
      @Nullable String agent,
      @Nullable Instant since,
      @Nullable Instant previous,
      @Nullable Instant following) {
    static final Because NOTHING = between(null, null);

    static Because of(RunView run, @Nullable String reason) {
      return new Because(run.runid(), reason, null, null, null, null, null);
    }

    static Because of(GapRow gap) {
      String reason = gap.reason().name().toLowerCase(Locale.ROOT);
      WhyView.Gap shared = new WhyView.Gap(gap.first(), gap.last(), gap.count());
      return new Because(null, reason, shared, null, null, null, null);
    }

    static Because of(String agent, @Nullable Instant since) {
      return new Because(null, null, null, agent, since, null, null);
    }

    static Because between(@Nullable Instant previous, @Nullable Instant following) {
      return new Because(null, null, null, null, null, previous, following);
    }
  }

  private WhyView view(
      Verdict verdict, Cause cause, String words, @Nullable Long version, Because because) {
    return new WhyView(
        facts.job().jobid(),
        facts.job().definition().name(),
        facts.at(),
        verdict,
        cause,
        words,
        version,
        because.runid(),
        because.reason(),
        because.gap(),
        because.agent(),
        because.since(),
        because.previous(),
        because.following());
  }
}
