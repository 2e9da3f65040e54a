package io.cloudtask.center.allocate;

import io.cloudtask.store.Assignments.Placing;
import io.cloudtask.store.Placeable;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Brings the assignments in the store in line with what {@link Allocator} says. */
public final class Placement {
  private Placement() {}

  /** The moves that change anything in the store; nearly always there is none. */
  public static List<Move> changes(Snapshot snapshot) {
    Map<String, String> said =
        snapshot.jobs().stream()
            .filter(job -> !job.unplaced().isEmpty())
            .collect(Collectors.toMap(Placeable::jobid, Placeable::unplaced));
    return Allocator.plan(snapshot).stream()
        .filter(move ->
            switch (move) {
              case Move.Assign _, Move.Recall _, Move.Keep _ -> true;
              case Move.Stays _ -> false;
              case Move.Unplaced(String jobid, String reason) -> !reason.equals(said.get(jobid));
            })
        .toList();
  }

  /**
   * Carries moves out. They may rest on an older view: each changes something only while it still
   * can (a job that nobody holds, an agent that is not fenced), and the next plan mends the rest.
   *
   * @return keys of the agents whose job set has a new revision, for the caller to publish
   */
  public static Set<String> carryOut(Tx tx, List<Move> moves, Instant now) {
    Set<String> changed = new TreeSet<>();
    List<Placing> placings = new ArrayList<>();
    Map<String, String> unplaced = new HashMap<>();
    for (Move move : moves) {
      switch (move) {
        case Move.Assign(String jobid, String agentkey) ->
            placings.add(new Placing(jobid, agentkey));
        case Move.Recall(String jobid, String _, String _, String _) ->
            tx.assignments().recall(jobid, now).ifPresent(changed::add);
        case Move.Keep(String jobid, String _) ->
            tx.assignments().keep(jobid).ifPresent(changed::add);
        case Move.Stays _ -> {}
        case Move.Unplaced(String jobid, String reason) -> unplaced.put(jobid, reason);
      }
    }
    changed.addAll(tx.assignments().assign(placings, now));
    tx.jobs().unplaced(unplaced);
    return changed;
  }
}
