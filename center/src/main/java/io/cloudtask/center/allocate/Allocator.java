package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of placing jobs. A job that is held as it may be stays, unless loads are so uneven that
 * some must move; then as few move as restore the balance. Equal snapshots give equal plans,
 * whatever the order of what is in them.
 *
 * <p>Jobs with the same choice of agents are planned together ({@link ClassPlan}), those with the
 * fewest choices first: a job that can live anywhere makes room for one that can't.
 */
public final class Allocator {
  private final Snapshot snapshot;
  private final Fleet fleet;
  private final Eligibility eligibility;
  private final List<Move> moves = new ArrayList<>();

  private Allocator(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.fleet = new Fleet(snapshot);
    this.eligibility = new Eligibility(snapshot, fleet);
  }

  /**
   * The differences between who holds the jobs and who should; a job that is held as it should be
   * has none. A job that is recalled is placed by a later plan, once it was given back.
   */
  public static List<Move> plan(Snapshot snapshot) {
    return new Allocator(snapshot).plan();
  }

  private record Class(String runtime, BitSet eligible) {
    static final Comparator<Class> NARROW_FIRST =
        Comparator.comparingInt((Class c) -> c.eligible.cardinality())
            .thenComparing(Class::runtime)
            .thenComparing(c -> c.eligible.toString());
  }

  private List<Move> plan() {
    Map<Class, List<Item>> classes = new TreeMap<>(Class.NARROW_FIRST);
    Map<Class, List<Item>> seen = new HashMap<>();
    for (Placeable job : snapshot.jobs()) {
      Class mine = new Class(job.runtime(), eligibility.of(job));
      seen.computeIfAbsent(mine, c -> new ArrayList<>()).add(item(job));
    }
    classes.putAll(seen);
    classes.forEach((c, items) -> {
      items.sort(Comparator.comparing(Item::jobid));
      new ClassPlan(snapshot.mode(), fleet, eligibility, c.eligible(), items).run(moves);
    });
    return List.copyOf(moves);
  }

  private Item item(Placeable job) {
    Snapshot.Holder holder = snapshot.held().get(job.jobid());
    if (holder == null) {
      return new Item(job, Fleet.NOBODY);
    }
    Item item = new Item(job, fleet.number(holder.agentkey()));
    item.stands(holder.recalled() ? Item.Standing.RECALLED : Item.Standing.KEPT, "");
    return item;
  }
}
