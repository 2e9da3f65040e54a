package io.cloudtask.benchmarks.inside;

import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.Schedule;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.schedule.Schedules;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Asks many different schedules of one mode, one after another, when they are due next: as an agent
 * with as many jobs does, so most of them are in no cache of the processor. For JMH, which needs it
 * to be public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
public class ScheduleNext {
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Asia/Shanghai"));
  private static final List<String> CRON =
      List.of(
          "*/5 * * * *",
          "%d 4 * * *",
          "%d 8-18 * * mon-fri",
          "30 %d * * * *",
          "%d 0 1 * *",
          "%d 2 13 * fri",
          "%d 6 * jan,jul sun");
  private static final long YEAR = 31_536_000;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** A power of two. */
  @Param("1048576")
  public int count;

  @Param({"1", "2", "3", "4", "5", "6", "7"})
  public int mode;

  private Schedule[] schedules = {};
  private Instant[] instants = {};
  private ZonedDateTime[] times = {};
  private int at;

  @Setup
  public void fill() {
    schedules = new Schedule[count];
    instants = new Instant[count];
    times = new ZonedDateTime[count];
    for (int i = 0; i < count; i++) {
      ZoneId zone = ZONES.get(i % ZONES.size());
      schedules[i] = compile(definition(mode, i), zone);
      instants[i] = BEGIN.plusSeconds(i * 7_919L % YEAR);
      times[i] = instants[i].atZone(zone);
    }
  }

  /** The subject. */
  @Benchmark
  public Optional<Instant> next() {
    int i = at++ & (count - 1);
    return schedules[i].next(instants[i]);
  }

  /** The yardstick: the least that the platform's own calendar does for a local time. */
  @Benchmark
  public Instant plusDay() {
    return times[at++ & (count - 1)].plusDays(1).toInstant();
  }

  private static Schedule compile(ScheduleDefinition definition, ZoneId zone) {
    return switch (Schedules.compile(definition, zone)) {
      case Compiled.Valid(Schedule schedule) -> schedule;
      case Compiled.Invalid invalid -> throw new IllegalStateException(invalid.toString());
    };
  }

  private static ScheduleDefinition definition(int mode, int i) {
    String start = "%02d:%02d".formatted(i % 24, i % 60);
    boolean window = mode <= 3;
    String select =
        switch (mode) {
          case 5 -> List.of("1,3,5", "0", "2,4", "6").get(i % 4);
          case 6 -> List.of("1,2,3,4,5,6,7,8,9,10,11,12", "3,6,9,12").get(i % 2);
          default -> "";
        };
    return new ScheduleDefinition(
        "s",
        1,
        mode,
        mode == 7 ? 1 : 1 + i % (mode == 3 ? 12 : 30),
        "%02d/%02d/2025".formatted(1 + i % 12, 1 + i % 28),
        "",
        window ? "00:00" : start,
        window ? "23:59" : "",
        select,
        new MonthlyOf(mode == 6 ? i % 32 : 0, i % 2 == 0 ? "0:5" : "2:1"),
        mode == 7 ? CRON.get(i % CRON.size()).formatted(i % 24) : null,
        null,
        null);
  }
}
