package io.cloudtask.simulation.cluster;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.simulation.world.Dice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a world consists of.
 *
 * @param jobs by id
 * @param autonomy of the runtime
 * @param session how long a session with the coordinator lasts unheard
 * @param recovery how long an agent that comes back waits for its share
 * @param reporting how long reports take on their way at the most
 * @param troubled how long faults happen
 * @param quiet how long none do afterwards
 */
public record Scenario(
    int agents,
    int centers,
    Map<String, JobDefinition> jobs,
    Duration autonomy,
    Duration session,
    Duration recovery,
    Duration reporting,
    Duration troubled,
    Duration quiet) {
  static final String RUNTIME = "default";

  /** Draws one. */
  public static Scenario draw(Dice dice) {
    int agents = dice.between(2, 4);
    Map<String, JobDefinition> jobs = new TreeMap<>();
    int count = dice.between(2, 5);
    for (int i = 1; i <= count; i++) {
      String jobid = String.format(Locale.ROOT, "%024x", i);
      jobs.put(jobid, job(dice, "job-" + i, agents));
    }
    return new Scenario(
        agents,
        dice.between(1, 3),
        jobs,
        dice.chance(0.15) ? Duration.ofSeconds(dice.between(1, 3)) : Duration.ZERO,
        Duration.ofSeconds(dice.pick(List.of(4, 4, 6, 8))),
        dice.between(Duration.ofSeconds(1), Duration.ofSeconds(12)),
        dice.between(Duration.ofMillis(500), Duration.ofSeconds(4)),
        dice.between(Duration.ofSeconds(30), Duration.ofSeconds(60)),
        Duration.ofSeconds(42));
  }

  static String address(int agent) {
    return "10.0.0." + agent;
  }

  private static JobDefinition job(Dice dice, String name, int agents) {
    boolean pinned = dice.chance(0.12);
    @Nullable Integer ondisconnect = dice.chance(0.2) ? dice.between(0, 3) : null;
    return new JobDefinition(
        RUNTIME,
        "",
        name,
        "true",
        "",
        List.of(),
        0,
        pinned ? List.of(address(dice.between(1, agents))) : List.of(),
        true,
        dice.chance(0.5) ? Overlap.PARALLEL : dice.pick(List.of(Overlap.values())),
        dice.pick(List.of(Missed.values())),
        dice.chance(0.7) ? 0 : dice.between(1, 20),
        dice.chance(0.5) ? Guarantee.LEASED : dice.pick(List.of(Guarantee.values())),
        ondisconnect,
        "UTC",
        List.of(everySeconds(dice.between(1, 6))),
        "");
  }

  private static ScheduleDefinition everySeconds(int seconds) {
    return new ScheduleDefinition(
        "s", 1, 1, seconds, "01/01/2026", "", "00:00", "", "", null, null, null, null);
  }
}
