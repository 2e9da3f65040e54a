package io.cloudtask.center.api;

import io.cloudtask.center.exchange.AgentClient;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The REST API as a whole. Thread-safe. */
public final class ApiRoutes {
  /** What has to happen after a change was committed. */
  @FunctionalInterface
  public interface Effects {
    /**
     * Jobs have changed: place those that nobody holds, and tell the agents.
     *
     * @param agents whose job sets have new revisions already
     */
    void jobsChanged(Set<String> agents);
  }

  /** What else there is, and how it is led. */
  public record Cluster(Coordinator coordinator, LeadSettings settings) {}

  /**
   * What the routes work with.
   *
   * @param clock its zone is the one of schedules that name none, while no agent has the job
   */
  public record Parts(
      Store store,
      AgentClient agents,
      Effects effects,
      Cluster cluster,
      Secrets secrets,
      Clock clock) {}

  private final Parts parts;

  public ApiRoutes(Parts parts) {
    this.parts = parts;
  }

  public List<Route> routes() {
    Upcoming upcoming = new Upcoming(parts.clock().getZone());
    return Stream.of(
            new FileRoutes(parts).routes(),
            new JobRoutes(parts).routes(),
            new JobFormRoutes(parts).routes(),
            new JobVersionRoutes(parts).routes(),
            new JobInsightRoutes(parts).routes(),
            new JobListRoutes(parts, upcoming).routes(),
            new OverviewRoutes(parts, upcoming).routes(),
            new SystemRoutes(parts).routes(),
            new RunListRoutes(parts).routes(),
            new SearchRoutes(parts).routes(),
            new BulkRoutes(parts).routes(),
            new JobChangeRoutes(parts).routes(),
            new ActionRoutes(parts).routes(),
            new RunRoutes(parts).routes(),
            new AgentRoutes(parts).routes(),
            new RuntimeRoutes(parts).routes(),
            new CenterRoutes(parts).routes(),
            new CatalogRoutes(parts).routes())
        .flatMap(List::stream)
        .toList();
  }
}
