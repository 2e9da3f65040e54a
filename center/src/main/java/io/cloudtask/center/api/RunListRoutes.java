package io.cloudtask.center.api;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Query;
import io.cloudtask.center.http.Question;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.center.runs.Histogram;
import io.cloudtask.model.Ids;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.store.RunSearch;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs, many at once. */
final class RunListRoutes {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int USUAL_BUCKETS = 24;
  private static final int MOST_BUCKETS = 500;

  private final ApiRoutes.Parts parts;

  RunListRoutes(ApiRoutes.Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/runs").allow(Role.readers()).scoped().share(this::list),
        Routes.get("/api/v1/runs/histogram").allow(Role.readers()).scoped().share(this::histogram));
  }

  private Reply list(Question asked) {
    Query query = asked.query();
    Paging paging = Paging.of(query);
    Set<RunState> states = words(query, "state", RunState.class);
    Set<Trigger> triggers = words(query, "trigger", Trigger.class);
    boolean ascending = ascending(query.text("sort").orElse("-fireat"));
    return Reply.ok(
        parts
            .store()
            .read(tx ->
                tx.runs()
                    .search(
                        new RunSearch(
                            about(tx, asked),
                            query.text("agent").orElse(null),
                            states,
                            triggers,
                            query.instant("from").orElse(null),
                            query.instant("to").orElse(null),
                            ascending,
                            paging.limit(),
                            paging.after()))));
  }

  private static boolean ascending(String sort) {
    return switch (sort) {
      case "fireat" -> true;
      case "-fireat" -> false;
      default -> throw new RefusedException(Refusal.invalid("sort", "is not fireat or -fireat"));
    };
  }

  private Reply histogram(Question asked) {
    Query query = asked.query();
    Instant to = query.instant("to").orElseGet(() -> parts.clock().instant());
    Instant from = query.instant("from").orElse(to.minus(DAY));
    int buckets = (int) query.number("buckets", 1, MOST_BUCKETS, USUAL_BUCKETS);
    if (Duration.between(from, to).toMillis() < buckets) {
      return Reply.refused(Refusal.invalid("to", "is not after from"));
    }
    return Reply.ok(
        parts.store().read(tx -> Histogram.read(tx, about(tx, asked), from, to, buckets)));
  }

  private static RunSearch.About about(Tx tx, Question asked) {
    Query query = asked.query();
    return new RunSearch.About(
        asked.scope(),
        query.text("job").map(reference -> jobid(tx, asked, reference)).orElse(null),
        query.text("runtime").orElse(null),
        query.text("group").orElse(null));
  }

  /** Runs outlive their job, so an id is taken as it is. */
  private static String jobid(Tx tx, Question asked, String reference) {
    return Ids.isJobId(reference) ? reference : JobReference.find(tx, asked, reference).jobid();
  }

  private static <E extends Enum<E>> Set<E> words(Query query, String name, Class<E> type) {
    String text = query.text(name).orElse("");
    Set<E> values = EnumSet.noneOf(type);
    for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      try {
        values.add(Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        String allowed =
            EnumSet.allOf(type).stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new RefusedException(
            Refusal.invalid(name, "is not one or more (comma separated) of " + allowed));
      }
    }
    return values;
  }
}
