package io.cloudtask.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All chance of one world; equal seeds throw equal dice. Not thread-safe. */
public final class Dice {
  private final RandomGenerator random;

  public Dice(long seed) {
    // The generator goes on by a fixed step: seeds that differ by that would throw the same dice.
    this.random = new SplittableRandom(mixed(seed));
  }

  /** The finalizer of MurmurHash3: each bit of the seed changes half of the bits. */
  private static long mixed(long seed) {
    long z = (seed ^ (seed >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }

  /** Whether something of this probability (0 to 1) happens now. */
  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** From {@code least} to {@code most}. */
  public Duration between(Duration least, Duration most) {
    long span = most.toNanos() - least.toNanos();
    return span <= 0 ? least : least.plusNanos(random.nextLong(span + 1));
  }

  /** From {@code least} to {@code most}, short ones much oftener than long ones. */
  public Duration skewed(Duration least, Duration most) {
    double part = random.nextDouble();
    long span = most.toNanos() - least.toNanos();
    return least.plusNanos((long) (span * part * part * part));
  }

  /** One of them. */
  public <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** Any number. */
  public long any() {
    return random.nextLong();
  }
}
