package io.cloudtask.center.allocate;

/**
 * Scores of (job, agent) pairs for rendezvous hashing: of all agents, a job prefers the one with
 * the greatest score, and without that one the next. Each agent is the first choice of an equal
 * share of the jobs; one that joins takes nothing but its own first choices, one that leaves gives
 * its jobs to their second ones. Pure.
 *
 * <p>Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM
 * Transactions on Networking 6(1), 1998. The mixing function is that of SplitMix64 (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with David Stafford's
 * constants, variant 13).
 */
final class Rendezvous {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Rendezvous() {}

  /** A name as 64 well mixed bits. */
  static long hash(String name) {
    long hash = GOLDEN;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** How much a job prefers an agent, from the hashes of both; never negative. */
  static long score(long job, long agent) {
    return mix(job ^ agent) >>> 1;
  }

  private static long mix(long bits) {
    long z = bits + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
