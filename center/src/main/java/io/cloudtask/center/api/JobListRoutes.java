package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Query;
import io.cloudtask.center.http.Question;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.JobItem;
import io.cloudtask.model.rest.JobPage;
import io.cloudtask.model.rest.JobState;
import io.cloudtask.model.rest.LastRun;
import io.cloudtask.store.JobList;
import io.cloudtask.store.JobSearch;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jobs, many at once. */
final class JobListRoutes {
  private static final int LAST_RUNS = 20;
  private static final int FAR = 1_000_000;
  private static final String NEXTAT = "nextat";
  private static final Map<String, JobSearch.Order> ORDERS =
      Map.of(
          "runtime", JobSearch.Order.PLACE,
          "name", JobSearch.Order.NAME,
          "group", JobSearch.Order.GROUP,
          "execat", JobSearch.Order.EXECAT,
          "editat", JobSearch.Order.EDITAT,
          "state", JobSearch.Order.STATE);

  private final ApiRoutes.Parts parts;
  private final Upcoming upcoming;

  JobListRoutes(ApiRoutes.Parts parts, Upcoming upcoming) {
    this.parts = parts;
    this.upcoming = upcoming;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/jobs").allow(Role.readers()).scoped().share(this::list),
        Routes.get("/api/v1/tree").allow(Role.readers()).scoped().share(this::tree));
  }

  private Reply tree(Question asked) {
    return Reply.ok(parts.store().read(tx -> tx.overviews().tree(asked.scope())));
  }

  private Reply list(Question asked) {
    Query query = asked.query();
    Instant now = parts.clock().instant();
    JobSearch.Filter filter = filter(asked);
    Paging paging = Paging.of(query);
    int offset = (int) query.number("offset", 0, FAR, 0);
    String sort = query.text("sort").orElse("runtime");
    boolean descending = sort.startsWith("-");
    String column = descending ? sort.substring(1) : sort;
    if (column.equals(NEXTAT)) {
      return Reply.ok(
          parts.store().read(tx -> byNext(tx, filter, descending, offset, paging.limit(), now)));
    }
    JobSearch search =
        new JobSearch(filter, order(column), descending, offset, paging.limit(), paging.after());
    return Reply.ok(parts.store().read(tx -> page(tx, filter, searched(tx, search), now)));
  }

  private static JobSearch.Filter filter(Question asked) {
    Query query = asked.query();
    return new JobSearch.Filter(
        asked.scope(),
        query.text("runtime").orElse(null),
        query.text("group").orElse(null),
        query.text("state").map(JobListRoutes::state).orElse(null),
        query.text("name").orElse(null),
        query.text("text").orElse(null),
        query.text("owner").orElse(null));
  }

  private static JobState state(String word) {
    return Arrays.stream(JobState.values())
        .filter(state -> word(state).equals(word))
        .findFirst()
        .orElseThrow(() ->
            refused(
                "state",
                Arrays.stream(JobState.values())
                    .map(JobListRoutes::word)
                    .collect(Collectors.joining(", "))));
  }

  private static String word(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static JobSearch.Order order(String column) {
    return Optional.ofNullable(ORDERS.get(column))
        .orElseThrow(() ->
            refused(
                "sort",
                NEXTAT
                    + ", "
                    + ORDERS.keySet().stream().sorted().collect(Collectors.joining(", "))
                    + ", or one of them after a -"));
  }

  private static RefusedException refused(String field, String allowed) {
    return new RefusedException(Refusal.invalid(field, "is not one of " + allowed));
  }

  private static JobList searched(Tx tx, JobSearch search) {
    try {
      return tx.overviews().jobs(search);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.invalid("after", "is not the next of a page of jobs"));
    }
  }

  /** The store does not know when jobs are due; those that never are come last. */
  private JobPage byNext(
      Tx tx, JobSearch.Filter filter, boolean descending, int offset, int limit, Instant now) {
    Map<String, Upcoming.Entry> times = upcoming.of(tx, now);
    Comparator<Instant> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<String> ids = new ArrayList<>(tx.overviews().ids(filter));
    ids.sort(Comparator.comparing(id -> at(times, id), Comparator.nullsLast(order)));
    List<String> some = ids.stream().skip(offset).limit(limit).toList();
    JobList counted =
        tx.overviews().jobs(new JobSearch(filter, JobSearch.Order.PLACE, false, 0, 1, null));
    JobList sorted = new JobList(tx.overviews().jobs(some), null, counted.counts());
    return page(tx, filter, sorted, now);
  }

  private static @Nullable Instant at(Map<String, Upcoming.Entry> times, String jobid) {
    Upcoming.Entry entry = times.get(jobid);
    return entry == null ? null : entry.at();
  }

  private JobPage page(Tx tx, JobSearch.Filter filter, JobList list, Instant now) {
    long all = list.counts().values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("all", all);
    for (JobState state : JobState.values()) {
      counts.put(word(state), list.counts().getOrDefault(state, 0L));
    }
    JobState state = filter.state();
    long total = state == null ? all : list.counts().getOrDefault(state, 0L);
    return new JobPage(items(tx, list.jobs(), now), list.next(), total, counts);
  }

  /** Jobs as lists show them. */
  List<JobItem> items(Tx tx, List<JobList.Entry> jobs, Instant now) {
    JobViews views = new JobViews(tx, now, parts.clock().getZone());
    Map<String, List<LastRun>> runs =
        tx.overviews()
            .lastRuns(jobs.stream().map(entry -> entry.job().jobid()).toList(), LAST_RUNS);
    return jobs.stream()
        .map(entry ->
            new JobItem(
                views.view(entry.job()),
                entry.state(),
                runs.getOrDefault(entry.job().jobid(), List.of())))
        .toList();
  }
}
