package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from an event. The records go to the journal before anything is started.
 *
 * @param records in the order in which they must be journalled
 * @param starts runs that may be started when the records are durable
 * @param stops runs to stop; needs no record to be durable
 * @param prepares jobs whose work directory must be made ready, and the timetable told
 * @param claims to be asked for, and the timetable told
 */
public record Effects(
    List<Entry> records,
    List<RunOrder> starts,
    List<StopOrder> stops,
    List<AssignedJob> prepares,
    List<ClaimOrder> claims) {
  /** Nothing follows. */
  public static final Effects NONE =
      new Effects(List.of(), List.of(), List.of(), List.of(), List.of());

  public Effects {
    records = List.copyOf(records);
    starts = List.copyOf(starts);
    stops = List.copyOf(stops);
    prepares = List.copyOf(prepares);
    claims = List.copyOf(claims);
  }

  /** These, then those. */
  public Effects and(Effects later) {
    if (isEmpty()) {
      return later;
    }
    return new Effects(
        join(records, later.records),
        join(starts, later.starts),
        join(stops, later.stops),
        join(prepares, later.prepares),
        join(claims, later.claims));
  }

  public boolean isEmpty() {
    return records.isEmpty()
        && starts.isEmpty()
        && stops.isEmpty()
        && prepares.isEmpty()
        && claims.isEmpty();
  }

  /** Whether they promise a run, and so must be durable before anything else is done. */
  public boolean promise() {
    return !starts.isEmpty() || records.stream().anyMatch(r -> r.fact() instanceof Fact.Granted);
  }

  /** What of them can be done although the records could not be journalled. */
  public Effects withoutPromises() {
    return new Effects(List.of(), List.of(), stops, prepares, claims);
  }

  private static <T> List<T> join(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
