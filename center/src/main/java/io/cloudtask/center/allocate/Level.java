package io.cloudtask.center.allocate;

/**
 * How high the load of agents stands when jobs are shared out evenly among them, like water that is
 * poured over an uneven floor (what they have already) and under a ceiling (their capacity); and
 * how far from it loads may be. What is filled or emptied is so to the inner limits, so that the
 * next small change does not pass an outer one again.
 *
 * @param low an agent below it has too little
 * @param enough what one that had too little has at least afterwards
 * @param share an even share
 * @param bound a load up to which agents are given the jobs that prefer them
 * @param high an agent above it has too much
 */
record Level(int low, int enough, int share, int bound, int high) {
  private static final double INNER = 0.05;
  private static final double OUTER = 0.1;

  /**
   * Pours jobs over agents.
   *
   * @param base what each has already
   * @param capacity of each
   * @param jobs how many are to be shared out
   */
  static Level of(int[] base, int[] capacity, int jobs) {
    double level = height(base, capacity, jobs);
    return new Level(
        below(level, OUTER),
        below(level, INNER),
        below(level, 0),
        above(level, INNER),
        above(level, OUTER));
  }

  /** Less than a job below the level is never too little. */
  private static int below(double level, double slack) {
    return (int) Math.min(Math.floor(level), Math.ceil(level * (1 - slack)));
  }

  private static int above(double level, double slack) {
    return (int) Math.max(Math.ceil(level), Math.floor(level * (1 + slack)));
  }

  /** Found by halving, to a thousandth of a job; the greatest capacity when there is no room. */
  private static double height(int[] base, int[] capacity, int jobs) {
    double below = 0;
    double above = 1;
    for (int room : capacity) {
      above = Math.max(above, room);
    }
    while (above - below > 0.001) {
      double middle = (below + above) / 2;
      if (poured(base, capacity, middle) < jobs) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return Math.round(above * 100) / 100.0;
  }

  private static double poured(int[] base, int[] capacity, double level) {
    double sum = 0;
    for (int i = 0; i < base.length; i++) {
      sum += Math.max(0, Math.min(capacity[i], level) - base[i]);
    }
    return sum;
  }
}
