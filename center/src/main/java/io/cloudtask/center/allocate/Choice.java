package io.cloudtask.center.allocate;

/**
 * The agent that a job finds. With hashing it is the one that the job prefers among those that have
 * not too much yet: "consistent hashing with bounded loads" (Mirrokni, Thorup and Zadimoghaddam,
 * SODA 2018), on rendezvous scores instead of a ring. Confined to one plan.
 */
final class Choice {
  private final Mode mode;
  private final Fleet fleet;

  Choice(Mode mode, Fleet fleet) {
    this.mode = mode;
    this.fleet = fleet;
  }

  /**
   * Where a job goes.
   *
   * @param among the agents to choose from
   * @param high a load that is not passed while somebody stays below it
   * @return {@link Fleet#NOBODY} when all are full
   */
  int of(Item item, int[] among, int high) {
    boolean now = item.standing == Item.Standing.UNHELD;
    // What was asked back keeps its aim while measured loads go up and down.
    if (mode == Mode.PREF && item.standing != Item.Standing.RECALLED) {
      int best = leastExpected(item, among, now);
      return best == Fleet.NOBODY && now ? leastExpected(item, among, false) : best;
    }
    int best = now ? preferred(item, among, high, true) : Fleet.NOBODY;
    if (best == Fleet.NOBODY) {
      best = preferred(item, among, high, false);
    }
    return best == Fleet.NOBODY ? preferred(item, among, Integer.MAX_VALUE, false) : best;
  }

  /**
   * The agent with the greatest score of those with a load below a bound.
   *
   * @param now only those that could be given the job in this very plan
   */
  int preferred(Item item, int[] among, int bound, boolean now) {
    int best = Fleet.NOBODY;
    long greatest = -1;
    for (int host : among) {
      if (fleet.load[host] < bound && fleet.hasRoom(host) && (!now || fleet.hasRoomNow(host))) {
        long score = fleet.score(item.hash, host);
        if (score > greatest) {
          greatest = score;
          best = host;
        }
      }
    }
    return best;
  }

  private int leastExpected(Item item, int[] among, boolean now) {
    int best = Fleet.NOBODY;
    for (int host : among) {
      boolean room = fleet.hasRoom(host) && (!now || fleet.hasRoomNow(host));
      if (room && (best == Fleet.NOBODY || isBetter(item, host, best))) {
        best = host;
      }
    }
    return best;
  }

  private boolean isBetter(Item item, int host, int best) {
    int order = Double.compare(fleet.expectedRuns(host), fleet.expectedRuns(best));
    return order < 0 || (order == 0 && fleet.score(item.hash, host) > fleet.score(item.hash, best));
  }
}
