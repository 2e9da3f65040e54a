package io.cloudtask.center.allocate;

import io.cloudtask.center.allocate.Item.Standing;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans the jobs that have the same choice of agents. Those that are held as they may be stay; the
 * others choose; then loads that are too uneven are evened ({@link Balance}). Confined to one plan.
 */
final class ClassPlan {
  private final Mode mode;
  private final Fleet fleet;
  private final Eligibility eligibility;
  private final BitSet eligible;
  private final List<Item> items;
  private final Choice choice;

  /** Who gets new jobs. */
  private final int[] open;

  /** What all have of classes that were planned before. */
  private final int[] base;

  ClassPlan(Mode mode, Fleet fleet, Eligibility eligibility, BitSet eligible, List<Item> items) {
    this.mode = mode;
    this.fleet = fleet;
    this.eligibility = eligibility;
    this.eligible = eligible;
    this.items = items;
    this.open = eligible.stream().filter(h -> fleet.host(h).closed().isEmpty()).toArray();
    this.base = fleet.load.clone();
    this.choice = new Choice(mode, fleet);
  }

  void run(List<Move> moves) {
    items.forEach(this::judge);
    Level level = level(open);
    items.stream()
        .filter(item -> item.standing != Standing.KEPT)
        .sorted(Comparator.comparing(item -> item.standing))
        .forEach(item -> choose(item, level));
    even(level);
    items.forEach(item -> say(item, moves));
  }

  private void even(Level level) {
    Balance balance = new Balance(mode, fleet, choice, items, open);
    balance.redirect(open, level);
    int[] settled = Arrays.stream(open).filter(h -> fleet.host(h).settled()).toArray();
    // Who would have a job asked back for its share gets it now, or it would be moved to and fro.
    balance.redirect(settled, level(settled));
    balance.even(settled, level(settled));
  }

  /** Where loads stand when those agents share what they have, and what has no place yet. */
  private Level level(int[] sharing) {
    BitSet among = new BitSet();
    for (int host : sharing) {
      among.set(host);
    }
    long jobs =
        items.stream()
            .filter(
                i -> i.target == Fleet.NOBODY ? i.standing != Standing.KEPT : among.get(i.target))
            .count();
    int[] floor = Arrays.stream(sharing).map(h -> base[h]).toArray();
    return Level.of(floor, fleet.capacities(sharing), (int) jobs);
  }

  private void judge(Item item) {
    if (item.holder == Fleet.NOBODY || item.standing == Standing.RECALLED) {
      return;
    }
    Host holder = fleet.host(item.holder);
    if (!eligible.get(item.holder)) {
      item.stands(Standing.MUST_LEAVE, eligibility.whyNot(item.job, holder));
    } else if (holder.draining()) {
      item.stands(Standing.TO_LEAVE, holder.hostname() + " is being drained");
    } else if (!fleet.hasRoom(item.holder)) {
      String why = "%s takes %d jobs at the most".formatted(holder.hostname(), holder.capacity());
      item.stands(Standing.MUST_LEAVE, why);
    } else {
      place(item, item.holder);
    }
  }

  private void place(Item item, int host) {
    item.target = host;
    fleet.load[host]++;
    if (item.standing == Standing.UNHELD && fleet.hasRoomNow(host)) {
      item.now = true;
      fleet.holding[host]++;
    }
  }

  private void choose(Item item, Level level) {
    int best = choice.of(item, open, level.bound());
    if (best == Fleet.NOBODY && mayStay(item)) {
      best = item.holder;
    }
    if (best != Fleet.NOBODY) {
      place(item, best);
    }
  }

  /** Nobody else can take it, but its holder may keep it. */
  private boolean mayStay(Item item) {
    return (item.standing == Standing.RECALLED || item.standing == Standing.TO_LEAVE)
        && item.holder != Fleet.NOBODY
        && eligible.get(item.holder)
        && fleet.hasRoom(item.holder);
  }

  private void say(Item item, List<Move> moves) {
    switch (item.standing) {
      case UNHELD -> moves.add(placed(item));
      case MUST_LEAVE -> moves.add(recall(item, item.reason));
      case TO_LEAVE ->
          moves.add(item.target == item.holder ? stuck(item) : recall(item, item.reason));
      case RECALLED -> moves.add(item.target == item.holder ? keep(item) : awaited(item));
      case KEPT -> {
        if (item.target != item.holder) {
          moves.add(recall(item, fleet.host(item.target).hostname() + " gets its share"));
        }
      }
    }
  }

  private Move placed(Item item) {
    if (item.target == Fleet.NOBODY) {
      return new Move.Unplaced(item.jobid(), eligibility.whyNobody(item.job));
    }
    Host host = fleet.host(item.target);
    return item.now
        ? new Move.Assign(item.jobid(), host.key())
        : new Move.Unplaced(item.jobid(), host.hostname() + " has to give back a job first");
  }

  private Move recall(Item item, String reason) {
    return new Move.Recall(item.jobid(), holder(item).key(), to(item), reason);
  }

  private Move keep(Item item) {
    return new Move.Keep(item.jobid(), holder(item).key());
  }

  private Move stuck(Item item) {
    boolean alone = eligible.cardinality() == 1;
    String why = alone ? "no other agent may hold it" : eligibility.whyNobody(item.job);
    return new Move.Stays(item.jobid(), holder(item).key(), null, why);
  }

  private Move awaited(Item item) {
    String why = holder(item).hostname() + " has not given it back yet";
    return new Move.Stays(item.jobid(), holder(item).key(), to(item), why);
  }

  private Host holder(Item item) {
    return fleet.host(item.holder);
  }

  private @Nullable String to(Item item) {
    return item.target == Fleet.NOBODY ? null : fleet.host(item.target).key();
  }
}
