package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlReports(Handle handle) implements Reports {
  private static final Logger LOG = System.getLogger(SqlReports.class.getName());

  private record Position(String incarnation, long applied) {}

  @Override
  public Outcome apply(String agentkey, ReportBatch batch, Instant now) {
    Optional<Position> position =
        handle
            .select("SELECT incarnation, applied FROM agent WHERE agentkey = ?", agentkey)
            .map((row, context) ->
                new Position(row.getString("incarnation"), row.getLong("applied")))
            .findOne();
    if (position.isEmpty()) {
      return new Outcome.UnknownAgent();
    }
    String incarnation = position.get().incarnation();
    if (!incarnation.equals(batch.incarnation())) {
      return new Outcome.OtherIncarnation(incarnation);
    }
    List<Report> fresh = fresh(batch.reports(), position.get().applied());
    Set<String> jobs = fresh.isEmpty() ? Set.of() : applyFresh(agentkey, fresh, batch.outputs());
    long applied = fresh.isEmpty() ? position.get().applied() : fresh.getLast().sequence();
    handle.execute(
        "UPDATE agent SET applied = ?, seenat = ? WHERE agentkey = ?",
        applied,
        now.toEpochMilli(),
        agentkey);
    return new Outcome.Applied(applied, jobs);
  }

  private static List<Report> fresh(List<Report> reports, long applied) {
    List<Report> fresh = new ArrayList<>(reports.size());
    long last = applied;
    for (Report report : reports) {
      if (report.sequence() > last) {
        fresh.add(report);
        last = report.sequence();
      }
    }
    return fresh;
  }

  private Set<String> applyFresh(String agentkey, List<Report> reports, List<RunOutput> outputs) {
    RunTable table = new RunTable(handle);
    RunBook runs = new RunBook(agentkey, table.find(runids(reports)));
    GapBook gaps = new GapBook(handle);
    JobMarks marks = new JobMarks(handle);
    for (Report report : reports) {
      String refusal = apply(agentkey, report.fact(), runs, gaps, marks);
      if (refusal != null) {
        LOG.log(
            Level.WARNING,
            "Agent {0} reports {1}, which changes nothing: {2}",
            agentkey,
            report,
            refusal);
      }
    }
    table.insert(runs.created());
    table.update(runs.changed());
    gaps.flush();
    marks.flush();
    new OutputTable(handle).keep(outputs.stream().filter(o -> runs.ended(o.runid())).toList());
    return marks.jobs();
  }

  private static Set<String> runids(List<Report> reports) {
    Set<String> ids = new LinkedHashSet<>();
    for (Report report : reports) {
      switch (report.fact()) {
        case Fact.Granted granted -> ids.add(granted.runid());
        case Fact.Started started -> ids.add(started.runid());
        case Fact.Ended ended -> ids.add(ended.runid());
        case Fact.Took _, Fact.Dropped _, Fact.Gap _, Fact.Fault _ -> {}
      }
    }
    return ids;
  }

  private @Nullable String apply(
      String agentkey, Fact fact, RunBook runs, GapBook gaps, JobMarks marks) {
    switch (fact) {
      case Fact.Granted granted -> {
        return granted(granted, runs, marks);
      }
      case Fact.Started started -> {
        String refusal = runs.apply(started);
        if (refusal == null) {
          marks.executed(started.jobid(), started.startedat());
        }
        return refusal;
      }
      case Fact.Ended ended -> {
        String refusal = runs.apply(ended);
        if (refusal == null) {
          marks.ended(ended);
        }
        return refusal;
      }
      case Fact.Gap gap -> {
        gaps.apply(gap);
        marks.answered(gap.jobid(), gap.last());
      }
      case Fact.Took took -> new SqlLedger(handle).took(took, agentkey);
      case Fact.Dropped dropped -> {
        new SqlAssignments(handle).dropped(dropped.jobid(), dropped.span(), agentkey, dropped.at());
        marks.answered(dropped.jobid(), dropped.at());
      }
      case Fact.Fault fault -> marks.fault(fault);
    }
    return null;
  }

  private static @Nullable String granted(Fact.Granted fact, RunBook runs, JobMarks marks) {
    String refusal = runs.apply(fact);
    if (refusal == null) {
      if (!fact.queued()) {
        marks.executed(fact.jobid(), fact.grantedat());
      }
      Instant fireat = fact.fireat();
      if (fireat != null) {
        marks.answered(fact.jobid(), fireat);
      }
    }
    return refusal;
  }
}
