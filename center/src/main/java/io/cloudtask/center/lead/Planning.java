package io.cloudtask.center.lead;

import io.cloudtask.center.allocate.Host;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Placement;
import io.cloudtask.center.allocate.Snapshot;
import io.cloudtask.center.allocate.Survey;
import io.cloudtask.store.Placeable;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans when there is reason to: while jobs, assignments, agents and runtimes are what they were
 * when nothing was left to do, nothing is. Confined to one thread.
 */
final class Planning {
  /** A plan is made anyway from time to time, in case something changed that was overlooked. */
  private static final Duration ANYWAY = Duration.ofSeconds(60);

  /** What a plan rests on. */
  private record Basis(
      long changes, List<RuntimeRow> runtimes, List<Host> agents, Set<String> arriving) {
    static Basis read(Tx tx, Set<String> arriving) {
      return new Basis(
          tx.runtimes().changes(),
          tx.runtimes().list(),
          Survey.hosts(tx, Mode.HASH, arriving),
          arriving);
    }
  }

  private record Looked(Basis basis, Snapshot snapshot) {}

  private final Store store;
  private final Mandate mandate;
  private final Mode mode;
  private final Consumer<Set<String>> changed;
  private @Nullable Basis settled;
  private Instant lookedAt = Instant.MIN;
  private List<String> unheld = List.of();

  /**
   * @param changed told which agents have a job set of a new revision
   */
  Planning(Store store, Mandate mandate, Mode mode, Consumer<Set<String>> changed) {
    this.store = store;
    this.mandate = mandate;
    this.mode = mode;
    this.changed = changed;
  }

  /** Everything is looked at again, as by a leader that has just begun. */
  void forget() {
    settled = null;
  }

  /**
   * Brings the assignments in line with what should be.
   *
   * @param arriving agents that have come too lately to be given what others hold
   */
  void place(Set<String> arriving, Instant now) {
    Basis known = settled;
    boolean overdue = lookedAt.isBefore(now.minus(ANYWAY));
    if (known != null
        && !overdue
        && known.equals(store.<Basis>read(tx -> Basis.read(tx, arriving)))) {
      return;
    }
    Looked looked =
        store.read(tx -> new Looked(Basis.read(tx, arriving), Survey.read(tx, mode, arriving)));
    lookedAt = now;
    unheld = unheld(looked.snapshot());
    List<Move> moves = Placement.changes(looked.snapshot());
    settled = moves.isEmpty() ? looked.basis() : null;
    if (!moves.isEmpty()) {
      Optional<Set<String>> agents = mandate.write(tx -> Placement.carryOut(tx, moves, tx.now()));
      agents.filter(some -> !some.isEmpty()).ifPresent(changed);
    }
  }

  private static List<String> unheld(Snapshot snapshot) {
    return snapshot.jobs().stream()
        .map(Placeable::jobid)
        .filter(jobid -> !snapshot.held().containsKey(jobid))
        .toList();
  }

  /** The jobs that nobody held when everything was last looked at. */
  List<String> unheld() {
    return unheld;
  }
}
