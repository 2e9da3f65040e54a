package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Question;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.runs.Histogram;
import io.cloudtask.center.runs.Stats;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.JobItem;
import io.cloudtask.model.rest.JobState;
import io.cloudtask.model.rest.JobStats;
import io.cloudtask.model.rest.LastRun;
import io.cloudtask.model.rest.Overview;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.JobSearch;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.RunSearch;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The first page. */
final class OverviewRoutes {
  private static final int MOST = 20;
  private static final int MOST_RUNNING = 100;
  private static final int MOST_UPCOMING = 100;
  private static final int BUCKETS = 24;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final List<GapReason> MISSED =
      Arrays.stream(GapReason.values()).filter(reason -> reason.answer() == Answer.MISSED).toList();

  private final ApiRoutes.Parts parts;
  private final Upcoming upcoming;
  private final JobListRoutes lists;

  OverviewRoutes(ApiRoutes.Parts parts, Upcoming upcoming) {
    this.parts = parts;
    this.upcoming = upcoming;
    this.lists = new JobListRoutes(parts, upcoming);
  }

  List<Route> routes() {
    return List.of(Routes.get("/api/v1/overview").allow(Role.readers()).scoped().share(this::show));
  }

  private Reply show(Question asked) {
    Instant now = parts.clock().instant();
    long centers = centers();
    return Reply.ok(parts.store().read(tx -> overview(tx, asked.scope(), centers, now)));
  }

  /** How many centers there are; at least the one that answers. */
  private long centers() {
    try {
      return Math.max(1, parts.cluster().coordinator().roster(Node.CENTER).size());
    } catch (CoordinationException e) {
      return 1;
    }
  }

  private Overview overview(Tx tx, Scope scope, long centers, Instant now) {
    List<AgentView> agents = tx.agents().views(scope, null);
    return new Overview(
        jobs(tx, scope, JobState.FAILED, JobSearch.Order.EXECAT, now),
        tx.overviews().late(scope, now.minus(HOUR), LATE, MOST),
        tx.overviews().gaps(scope, MISSED, now.minus(DAY), MOST).stream()
            .map(OverviewRoutes::missed)
            .toList(),
        jobs(tx, scope, JobState.UNPLACED, JobSearch.Order.PLACE, now),
        agents.stream().filter(agent -> !agent.online() && agent.jobs() > 0).toList(),
        running(tx, scope),
        nextHour(tx, scope, now),
        Histogram.read(tx, RunSearch.About.any(scope), now.minus(DAY), now, BUCKETS),
        fleet(tx, scope, agents, centers));
  }

  private List<JobItem> jobs(
      Tx tx, Scope scope, JobState state, JobSearch.Order order, Instant now) {
    boolean newest = order == JobSearch.Order.EXECAT;
    JobSearch search =
        new JobSearch(JobSearch.Filter.of(scope, state), order, newest, 0, MOST, null);
    return lists.items(tx, tx.overviews().jobs(search).jobs(), now);
  }

  private static Overview.Missed missed(Overviews.Gap gap) {
    return new Overview.Missed(
        gap.row().jobid(),
        gap.jobname(),
        gap.row().last(),
        gap.row().reason().name().toLowerCase(Locale.ROOT),
        gap.row().count());
  }

  private static List<Overview.Running> running(Tx tx, Scope scope) {
    RunSearch search =
        RunSearch.newest(
            RunSearch.About.any(scope), Set.of(RunState.STARTING, RunState.RUNNING), MOST_RUNNING);
    List<RunView> runs = tx.runs().search(search).items();
    Map<String, List<LastRun>> last =
        tx.overviews().lastRuns(runs.stream().map(RunView::jobid).distinct().toList(), MOST);
    return runs.stream()
        .map(run ->
            new Overview.Running(
                run,
                Stats.usual(last.getOrDefault(run.jobid(), List.of()))
                    .map(JobStats.Usual::p50ms)
                    .orElse(null)))
        .toList();
  }

  private List<Overview.Upcoming> nextHour(Tx tx, Scope scope, Instant now) {
    Instant end = now.plus(HOUR);
    return upcoming.of(tx, now).values().stream()
        .filter(entry -> {
          JobDefinition job = entry.job().definition();
          return scope.covers(job.runtime(), job.group());
        })
        .flatMap(entry -> {
          Instant at = entry.at();
          return at == null || at.isAfter(end)
              ? Stream.empty()
              : Stream.of(
                  new Overview.Upcoming(at, entry.job().jobid(), entry.job().definition().name()));
        })
        .sorted(Comparator.comparing(Overview.Upcoming::at).thenComparing(Overview.Upcoming::name))
        .limit(MOST_UPCOMING)
        .toList();
  }

  private static Overview.Fleet fleet(Tx tx, Scope scope, List<AgentView> agents, long centers) {
    return new Overview.Fleet(
        agents.size(),
        agents.stream().filter(AgentView::online).count(),
        tx.jobs().count(scope, null),
        agents.stream().filter(AgentView::online).mapToLong(AgentView::capacity).sum(),
        agents.stream().mapToLong(AgentView::running).sum(),
        centers);
  }
}
