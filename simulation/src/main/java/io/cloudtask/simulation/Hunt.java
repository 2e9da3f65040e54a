package io.cloudtask.simulation;

import io.cloudtask.simulation.cluster.Mutant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks for the first world of each mutant that notices what is left out. */
final class Hunt {
  /**
   * What came of one mutant.
   *
   * @param leftout what it leaves out
   * @param seed of the first world in which a promise is broken; null when there was none
   * @param invariant the promise; null with {@code seed}
   * @param worlds how many were run
   */
  record Catch(
      String mutant,
      String leftout,
      @Nullable Long seed,
      @Nullable String invariant,
      long worlds,
      long millis) {
    String words() {
      return seed == null
          ? String.format(Locale.ROOT, "%-22s lives after %d worlds: %s", mutant, worlds, leftout)
          : String.format(
              Locale.ROOT, "%-22s seed %-6d %-36s %s", mutant, seed, invariant, leftout);
    }
  }

  private Hunt() {}

  /**
   * Hunts all.
   *
   * @param seeds how many worlds each mutant may live at the most
   */
  static List<Catch> all(
      Simulation simulation, long from, long seeds, int atOnce, Consumer<Catch> listener)
      throws InterruptedException {
    List<Catch> catches = new ArrayList<>();
    for (Mutant mutant : Mutant.all()) {
      Outcome outcome = simulation.run(new Simulation.Wish(from, seeds, mutant, false, atOnce));
      Outcome.@Nullable Broken first =
          outcome.broken().isEmpty() ? null : outcome.broken().getFirst();
      Catch one =
          new Catch(
              mutant.written(),
              mutant.words(),
              first == null ? null : first.seed(),
              first == null ? null : first.invariant(),
              outcome.seeds(),
              outcome.millis());
      catches.add(one);
      listener.accept(one);
    }
    return catches;
  }
}
