package io.cloudtask.center.api;

import io.cloudtask.center.allocate.Allocator;
import io.cloudtask.center.allocate.Host;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Snapshot;
import io.cloudtask.model.rest.DrainView;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what draining an agent moves where: the plan that would be made, made without effect. */
final class Drains {
  private final Tx tx;
  private final Map<String, String> hostnames;

  private Drains(Tx tx, Snapshot snapshot) {
    this.tx = tx;
    this.hostnames = snapshot.hosts().stream().collect(Collectors.toMap(Host::key, Host::hostname));
  }

  static DrainView view(Tx tx, AgentRow agent, Snapshot snapshot, boolean preview) {
    Drains drains = new Drains(tx, snapshot);
    List<DrainView.Move> moves = new ArrayList<>();
    for (Move move : Allocator.plan(snapshot.draining(agent.key()))) {
      switch (move) {
        case Move.Recall(String jobid, String from, String to, String reason)
            when from.equals(agent.key()) ->
            moves.add(drains.move(jobid, to, reason));
        case Move.Stays(String jobid, String from, String to, String reason)
            when from.equals(agent.key()) ->
            moves.add(drains.move(jobid, to, reason));
        case Move.Assign _, Move.Recall _, Move.Keep _, Move.Stays _, Move.Unplaced _ -> {}
      }
    }
    moves.sort(Comparator.comparing(DrainView.Move::name).thenComparing(DrainView.Move::jobid));
    return new DrainView(agent.key(), agent.node().hostname(), preview, moves);
  }

  private DrainView.Move move(String jobid, @Nullable String to, String reason) {
    Optional<JobRow> job = tx.jobs().find(jobid);
    String name = job.map(row -> row.definition().name()).orElse(jobid);
    if (to == null) {
      return new DrainView.Move(jobid, name, null, "", reason);
    }
    boolean runs = job.isPresent() && job.get().stat() == JobView.RUNNING;
    String when = runs ? "after the run that is going" : "";
    return new DrainView.Move(jobid, name, to, hostnames.getOrDefault(to, ""), when);
  }
}
