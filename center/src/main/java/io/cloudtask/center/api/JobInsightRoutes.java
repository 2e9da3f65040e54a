package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.allocate.Host;
import io.cloudtask.center.allocate.Prospects;
import io.cloudtask.center.allocate.Snapshot;
import io.cloudtask.center.allocate.Survey;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.center.runs.LedgerReader;
import io.cloudtask.center.runs.Stats;
import io.cloudtask.center.runs.WhyReader;
import io.cloudtask.model.rest.PlacementView;
import io.cloudtask.store.AssignmentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Placeable;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a job did, how it usually goes, and where it is. */
final class JobInsightRoutes {
  private static final Duration USUAL_SPAN = Duration.ofDays(7);

  private final ApiRoutes.Parts parts;

  JobInsightRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/jobs/{ref}/ledger").allow(Role.readers()).scoped().handle(this::ledger),
        Routes.get("/api/v1/jobs/{ref}/stats").allow(Role.readers()).scoped().handle(this::stats),
        Routes.get("/api/v1/jobs/{ref}/placement")
            .allow(Role.readers())
            .scoped()
            .handle(this::placement));
  }

  private Reply ledger(Call call) {
    Instant now = parts.clock().instant();
    Instant to = call.query().instant("to").orElse(now.plusMillis(1));
    Instant from = call.query().instant("from").orElse(to.minus(USUAL_SPAN));
    if (from.isAfter(to)) {
      return Reply.refused(Refusal.invalid("to", "is before from"));
    }
    LedgerReader.Span span = new LedgerReader.Span(from, to, Paging.of(call.query()).limit());
    return Reply.ok(
        parts
            .store()
            .read(tx -> {
              JobRow job = JobReference.find(tx, call, call.path("ref"));
              JobSchedule schedule =
                  JobSchedule.of(
                      job.definition(), WhyReader.hostZone(tx, job, now, parts.clock().getZone()));
              return LedgerReader.read(tx, job, span, schedule, now);
            }));
  }

  private Reply stats(Call call) {
    Instant now = parts.clock().instant();
    return Reply.ok(
        parts
            .store()
            .read(
                tx -> Stats.read(tx, JobReference.find(tx, call, call.path("ref")).jobid(), now)));
  }

  private Reply placement(Call call) {
    return Reply.ok(
        parts.store().read(tx -> placement(tx, JobReference.find(tx, call, call.path("ref")))));
  }

  private PlacementView placement(Tx tx, JobRow job) {
    Snapshot snapshot = Survey.read(tx, parts.cluster().settings().mode(), Set.of());
    Placeable placeable =
        new Placeable(
            job.jobid(), job.definition().runtime(), job.definition().servers(), job.execerr());
    Prospects prospects = Prospects.of(snapshot, placeable);
    Map<String, Long> loads =
        snapshot.held().values().stream()
            .collect(Collectors.groupingBy(Snapshot.Holder::agentkey, Collectors.counting()));
    Optional<AssignmentRow> open = tx.assignments().open(job.jobid());
    return new PlacementView(
        job.agentkey(),
        snapshot.hosts().stream()
            .filter(host -> host.key().equals(job.agentkey()))
            .map(Host::hostname)
            .findFirst()
            .orElse(job.agentkey()),
        open.map(AssignmentRow::assignedat).orElse(null),
        job.agentkey() == null ? job.execerr() : "",
        prospects.eligible().stream().map(host -> eligible(host, loads)).toList(),
        prospects.refused().stream()
            .map(
                no -> new PlacementView.Refused(no.host().key(), no.host().hostname(), no.reason()))
            .toList());
  }

  private static PlacementView.Eligible eligible(Host host, Map<String, Long> loads) {
    return new PlacementView.Eligible(
        host.key(), host.hostname(), loads.getOrDefault(host.key(), 0L), host.capacity());
  }
}
