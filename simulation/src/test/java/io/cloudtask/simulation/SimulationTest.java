package io.cloudtask.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.simulation.cluster.Mutant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
  /** How many worlds; more with {@code -Dcloudtask.simulation.seeds}. */
  private static final long SEEDS = Long.getLong("cloudtask.simulation.seeds", 1_000);

  /** How many worlds what is left out may live in before it must be noticed. */
  private static final long WORLDS_TO_LIVE = 1_500;

  private static final int AT_ONCE = 2;
  private static final Logger ROOT = Logger.getLogger("");
  private static @Nullable Level before;

  /** What the parts complain of is what is done to them. */
  @BeforeAll
  static void quiet() {
    before = ROOT.getLevel();
    ROOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    ROOT.setLevel(before);
  }

  private static final class Silence implements Simulation.Progress {
    @Override
    public void world(long done, long of, int broken) {
      // Nobody waits.
    }

    @Override
    public void broken(Outcome.Broken broken) {
      // It is in the outcome.
    }
  }

  private static Outcome run(long from, long seeds, Mutant mutant) throws InterruptedException {
    return new Simulation(null, System::nanoTime, new Silence())
        .run(new Simulation.Wish(from, seeds, mutant, true, AT_ONCE));
  }

  @Test
  void every_promise_is_kept_in_every_world() throws Exception {
    Outcome outcome = run(1, SEEDS, Mutant.NONE);
    assertThat(outcome.broken()).as(outcome.words()).isEmpty();
    assertThat(outcome.starts()).isGreaterThan(SEEDS * 20);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void what_is_left_out_is_noticed(Mutant mutant) throws Exception {
    // A change of the program moves the seed: then another world notices it.
    Outcome first = run(mutant.noticed(), 1, mutant);
    Outcome outcome = first.broken().isEmpty() ? hunt(mutant) : first;
    assertThat(outcome.broken())
        .as("in none of %d worlds it is noticed that %s", WORLDS_TO_LIVE, mutant.words())
        .hasSize(1)
        .allMatch(broken -> !broken.invariant().equals(Simulation.NO_PART_FAILS));
  }

  private static Outcome hunt(Mutant mutant) throws InterruptedException {
    return new Simulation(null, System::nanoTime, new Silence())
        .run(new Simulation.Wish(1, WORLDS_TO_LIVE, mutant, false, AT_ONCE));
  }

  static List<Mutant> mutants() {
    return Mutant.all();
  }

  @Test
  void the_same_seed_gives_the_same_world_step_by_step() throws Exception {
    List<String> first = trace(77);
    assertThat(first).hasSizeGreaterThan(100).isEqualTo(trace(77)).isNotEqualTo(trace(78));
  }

  private static List<String> trace(long seed) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    new Simulation(lines::add, System::nanoTime, new Silence())
        .run(new Simulation.Wish(seed, 1, Mutant.NONE, true, 1));
    return lines;
  }

  @Test
  void it_does_not_matter_how_many_worlds_are_run_at_a_time_or_who_listens() throws Exception {
    Simulation simulation = new Simulation(null, System::nanoTime, new Silence());
    Outcome two = simulation.run(new Simulation.Wish(5, 4, Mutant.NONE, true, 2));
    Outcome one = simulation.run(new Simulation.Wish(5, 4, Mutant.NONE, true, 1));
    assertThat(one.fingerprint()).isEqualTo(two.fingerprint());
    List<String> lines = new ArrayList<>();
    Outcome heard =
        new Simulation(lines::add, System::nanoTime, new Silence())
            .run(new Simulation.Wish(5, 4, Mutant.NONE, true, 1));
    assertThat(heard.fingerprint()).isEqualTo(two.fingerprint());
  }

  @Test
  void a_broken_promise_is_told_with_its_last_steps_and_how_to_see_it_again() throws Exception {
    Outcome.Broken broken = hunt(Mutant.NO_LEASE_CHECK).broken().getFirst();
    assertThat(broken.tail()).anyMatch(line -> line.contains(broken.message()));
    assertThat(broken.replay())
        .isEqualTo(
            "./cloudtask simulate --from %d --seeds 1 --trace --mutant no-lease-check"
                .formatted(broken.seed()));
  }

  @Test
  void the_command_says_how_it_went_by_its_exit_code() throws Exception {
    String seed = Long.toString(hunt(Mutant.NO_LEASE_CHECK).broken().getFirst().seed());
    assertThat(command("--from", "3")).startsWith("0 ").contains("every promise kept");
    assertThat(command("--from", seed, "--mutant", "no-lease-check", "--json"))
        .startsWith("1 {")
        .contains("\"seed\":" + seed);
    assertThat(command("--mutant", "list")).startsWith("0 ").contains("no-epoch-check");
    assertThat(command("--mutant", "other")).startsWith("2 ");
    assertThat(command("--seeds", "0")).startsWith("2 ");
    assertThat(command("--help")).startsWith("0 ").contains("cloudtask simulate");
  }

  private static String command(String... args) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    int code = Main.run(args, new PrintStream(out, true, StandardCharsets.UTF_8), err);
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }
}
