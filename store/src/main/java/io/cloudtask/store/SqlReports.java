package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record SqlReports(Session session) implements Reports {
  private static final Logger LOG = System.getLogger(SqlReports.class.getName());

  private record Position(String incarnation, long applied) {}

  @Override
  public Outcome apply(String agentkey, ReportBatch batch, Instant now) {
    Optional<Position> position =
        session
            .handle()
            .select(
                session.locked("SELECT incarnation, applied FROM agent WHERE agentkey = ?"),
                agentkey)
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
    session
        .handle()
        .execute(
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
    RunTable table = new RunTable(session.handle());
    RunBook runs = new RunBook(agentkey, table.find(runids(reports)));
    Application application = new Application(session, agentkey, reports, runs);
    for (Report report : reports) {
      Objection objection = application.apply(report.fact());
      if (objection != null) {
        LOG.log(objection.level(), "Agent {0} reports {1}, {2}", agentkey, report, objection.why());
      }
    }
    table.insert(runs.created());
    table.update(runs.changed());
    Set<String> jobs = application.flush();
    new OutputTable(session.handle())
        .keep(outputs.stream().filter(o -> runs.ended(o.runid())).toList());
    return jobs;
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
}
