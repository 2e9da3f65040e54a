package io.cloudtask.center.allocate;

import io.cloudtask.center.allocate.Item.Standing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Evens the loads of agents once every job of a class has its place. Nothing is done while all
 * loads lie between {@link Level#low} and {@link Level#high}. An agent with too little is given
 * jobs that move anyway; then those that prefer it to their holder (they were on it before, or
 * would be had it been there); then others, as few as do. One with too much loses those that prefer
 * it least. Confined to one plan.
 */
final class Balance {
  private final Fleet fleet;
  private final Choice choice;
  private final List<Item> items;

  /** Whether too many jobs are a reason to move by themselves; by preference they are not. */
  private final boolean shedding;

  /** By preference, who has more than that has not too little, however few jobs they are. */
  private final double enoughRuns;

  Balance(Mode mode, Fleet fleet, Choice choice, List<Item> items, int[] open) {
    this.shedding = mode == Mode.HASH;
    this.enoughRuns =
        mode == Mode.HASH
            ? Double.POSITIVE_INFINITY
            : Arrays.stream(open).mapToDouble(fleet::expectedRuns).average().orElse(0);
    this.fleet = fleet;
    this.choice = choice;
    this.items = items;
  }

  /** Gives jobs that have to move anyway to those that have too little. */
  void redirect(int[] open, Level level) {
    int[] poor = Arrays.stream(open).filter(host -> isPoor(host, level)).toArray();
    for (int least : new int[] {level.share(), level.low()}) {
      draw(poor, this::moves, least, level.enough());
    }
  }

  /** Has jobs move that could stay, among agents that have been there for a while. */
  void even(int[] settled, Level level) {
    int[] poor = Arrays.stream(settled).filter(host -> isPoor(host, level)).toArray();
    draw(poor, this::prefers, level.high(), level.share());
    if (shedding) {
      shed(settled, poor, level);
    }
    for (int least : new int[] {level.share(), level.low()}) {
      draw(poor, this::prefers, least, level.share());
    }
    for (int least : new int[] {level.share(), level.low()}) {
      draw(poor, (item, taker) -> isMovable(item), least, level.enough());
    }
  }

  private interface Rule {
    boolean allows(Item item, int taker);
  }

  /**
   * Gives what a rule allows to those that have too little, from who has more than {@code least}.
   */
  private void draw(int[] poor, Rule rule, int least, int wanted) {
    for (int i = 0; poor.length > 0 && i < items.size(); i++) {
      Item item = items.get(i);
      if (item.target != Fleet.NOBODY && fleet.load[item.target] > least) {
        int taker = choice.preferred(item, poor, wanted, item.now);
        if (taker != Fleet.NOBODY
            && fleet.load[item.target] > fleet.load[taker]
            && rule.allows(item, taker)) {
          move(item, taker);
        }
      }
    }
  }

  private boolean moves(Item item, int taker) {
    return item.standing != Standing.KEPT;
  }

  private boolean prefers(Item item, int taker) {
    return isMovable(item) && fleet.score(item.hash, taker) > fleet.score(item.hash, item.holder);
  }

  /** Takes from those that have too much what prefers them least. */
  private void shed(int[] settled, int[] poor, Level level) {
    for (int rich : settled) {
      if (fleet.load[rich] > level.high()) {
        items.stream()
            .filter(item -> isMovable(item) && item.target == rich)
            .sorted(Comparator.comparingLong(item -> fleet.score(item.hash, rich)))
            .forEach(item -> shed(item, settled, poor, level));
      }
    }
  }

  private void shed(Item item, int[] settled, int[] poor, Level level) {
    if (fleet.load[item.target] > level.high()) {
      int needy = choice.preferred(item, poor, level.enough(), false);
      int taker =
          needy == Fleet.NOBODY ? choice.preferred(item, settled, level.bound(), false) : needy;
      if (taker != Fleet.NOBODY) {
        move(item, taker);
      }
    }
  }

  private void move(Item item, int to) {
    int from = item.target;
    fleet.load[from]--;
    fleet.load[to]++;
    item.target = to;
    if (item.now) {
      fleet.holding[from]--;
      fleet.holding[to]++;
    }
  }

  private boolean isPoor(int host, Level level) {
    return fleet.load[host] < level.low()
        && fleet.hasRoom(host)
        && fleet.expectedRuns(host) < enoughRuns;
  }

  /** Whether it could stay where it is, and is with one of those that even their loads. */
  private boolean isMovable(Item item) {
    return item.standing == Standing.KEPT
        && item.target == item.holder
        && fleet.host(item.holder).settled()
        && fleet.host(item.holder).closed().isEmpty();
  }
}
