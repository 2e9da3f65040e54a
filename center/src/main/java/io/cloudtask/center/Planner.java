package io.cloudtask.center;

import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Placement;
import io.cloudtask.center.allocate.Survey;
import io.cloudtask.center.exchange.Revisions;
import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.store.AssignmentRow;
import io.cloudtask.store.Placeable;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives jobs to agents, and answers for the due instants of those that nobody has. Thread-safe. */
final class Planner {
  private static final Logger LOG = System.getLogger(Planner.class.getName());

  private final Store store;
  private final Mode mode;
  private final Revisions revisions;
  private final Clock clock;

  Planner(Store store, Mode mode, Revisions revisions, Clock clock) {
    this.store = store;
    this.mode = mode;
    this.revisions = revisions;
    this.clock = clock;
  }

  /**
   * Places what nobody holds and tells the agents. What fails now is tried again at the next tick.
   */
  void place() {
    try {
      List<Move> moves = Placement.changes(store.read(tx -> Survey.read(tx, mode, Set.of())));
      if (moves.isEmpty()) {
        return;
      }
      Set<String> agents = store.write(tx -> Placement.carryOut(tx, moves, clock.instant()));
      if (!agents.isEmpty()) {
        revisions.changed(agents);
      }
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "Jobs could not be placed; this is tried again in a few seconds", e);
    }
  }

  /** Places, then writes down what the others missed. */
  void tick() {
    place();
    try {
      for (String jobid : unheld()) {
        store.execute(tx ->
            tx.jobs()
                .find(jobid)
                .ifPresent(job -> {
                  var _ = UnheldJobs.settle(tx, job, clock.instant(), clock.getZone());
                }));
      }
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "What jobs without an agent missed could not be written down", e);
    }
  }

  private List<String> unheld() {
    return store.read(tx -> {
      Set<String> held =
          tx.assignments().open().stream().map(AssignmentRow::jobid).collect(Collectors.toSet());
      return tx.jobs().placeable().stream()
          .map(Placeable::jobid)
          .filter(jobid -> !held.contains(jobid))
          .toList();
    });
  }
}
