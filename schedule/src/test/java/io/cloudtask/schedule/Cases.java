package io.cloudtask.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random definitions and stretches of time to look at, most of them around a change of the clock.
 */
final class Cases {
  private static final long SECONDS_OF_YEAR = 31_556_952;
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Africa/Casablanca",
          "Asia/Kathmandu",
          "Pacific/Apia",
          "America/St_Johns",
          "America/Sao_Paulo",
          "Pacific/Kwajalein",
          "Antarctica/Troll",
          "UTC");

  /**
   * @param tick how closely the naive model has to look, in seconds
   */
  record Case(ScheduleDefinition definition, ZoneId zone, Instant from, Instant to, int tick) {}

  private final Random random;
  private final ZoneId zone;
  private final LocalDate about;
  private final Instant centre;

  Cases(Random random) {
    this.random = random;
    this.zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    this.centre = centre();
    this.about = centre.atZone(zone).toLocalDate();
  }

  private Instant centre() {
    long latest = random.nextInt(10) == 0 ? 9_990 : 2_060;
    long seconds = (long) (random.nextDouble() * (latest - 1_969) * SECONDS_OF_YEAR);
    Instant any = Instant.parse("1969-01-01T00:00:00Z").plusSeconds(seconds);
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change =
        random.nextBoolean() ? rules.nextTransition(any) : rules.previousTransition(any);
    boolean modern =
        change != null && change.getInstant().isAfter(Instant.EPOCH.minusSeconds(SECONDS_OF_YEAR));
    return change != null && modern && random.nextInt(8) > 0 ? change.getInstant() : any;
  }

  /** A case of a turn mode, 1 to 7; fire times have whole minutes, or seconds if that is asked. */
  Case next(int turnmode, boolean bySecond) {
    boolean overnight = turnmode <= 3 && random.nextInt(3) == 0;
    int start = random.nextInt(3) == 0 ? 0 : time();
    int end = random.nextInt(3) == 0 ? 1439 : time();
    if (turnmode <= 3 && overnight != end < start) {
      int swap = start;
      start = end;
      end = swap;
    }
    overnight = overnight && end < start;
    String endtime = !overnight && random.nextInt(4) == 0 ? "" : Words.clock(end);
    ScheduleDefinition definition =
        new ScheduleDefinition(
            "",
            1,
            turnmode,
            interval(turnmode),
            startdate(),
            random.nextInt(3) == 0 ? date(random.nextInt(5) - 1) : "",
            Words.clock(start),
            endtime,
            selectat(turnmode),
            monthly(),
            turnmode == 7 ? cron(bySecond) : null,
            null,
            overnight ? true : null);
    long days = turnmode >= 4 && turnmode <= 6 ? 200 : bySecond ? 1 : 3;
    long before = days * 43_200 + 60L * random.nextInt(600);
    Instant from = centre.truncatedTo(ChronoUnit.MINUTES).minusSeconds(before);
    return new Case(definition, zone, from, from.plusSeconds(days * 86_400), bySecond ? 1 : 60);
  }

  /** Often within the hours in which clocks are changed. */
  private int time() {
    return random.nextBoolean() ? random.nextInt(1440) : random.nextInt(5 * 60);
  }

  private String startdate() {
    return date(random.nextInt(3) == 0 ? random.nextInt(5) - 3 : -random.nextInt(900));
  }

  private String date(int days) {
    LocalDate date = about.plusDays(days);
    return String.format(
        Locale.ROOT, "%02d/%02d/%04d", date.getMonthValue(), date.getDayOfMonth(), date.getYear());
  }

  private long interval(int turnmode) {
    return switch (turnmode) {
      case 1 -> 1 + random.nextInt(random.nextBoolean() ? 100 : 20_000);
      case 2 -> 1 + random.nextInt(random.nextBoolean() ? 10 : 2_000);
      default -> 1 + random.nextInt(6);
    };
  }

  private String selectat(int turnmode) {
    int least = turnmode == 6 ? 1 : 0;
    int size = turnmode == 6 ? 12 : 7;
    return IntStream.range(0, 1 + random.nextInt(size))
        .mapToObj(i -> String.valueOf(least + random.nextInt(size)))
        .collect(Collectors.joining(","));
  }

  private MonthlyOf monthly() {
    return switch (random.nextInt(3)) {
      case 0 -> new MonthlyOf(1 + random.nextInt(31), "");
      case 1 -> new MonthlyOf(-1 - random.nextInt(31), "");
      default -> new MonthlyOf(0, random.nextInt(6) + ":" + random.nextInt(7));
    };
  }

  private String cron(boolean bySecond) {
    String fields =
        field(0, 59, "*/7", "5/20")
            + " "
            + (random.nextBoolean() ? field(0, 23, "*", "*/2") : field(0, 4, "0-4", "*"))
            + " "
            + oneOf("*", "*", "?", field(1, 31, "L", "LW", "15W", "1W", "31W", "L-3", "*/2"))
            + " "
            + oneOf("*", "*", "*/2", "jan-oct", "MAR,OCT,Nov", field(1, 12, "apr"))
            + " "
            + oneOf("*", "*", "?", field(0, 7, "sun", "mon-fri", "5L", "SUN#1", "7#4", "*/3"));
    return bySecond ? field(0, 59, "*/10", "0") + " " + fields : fields;
  }

  private String field(int least, int greatest, String... others) {
    int from = least + random.nextInt(greatest - least + 1);
    int to = from + random.nextInt(greatest - from + 1);
    int step = 1 + random.nextInt(greatest - least);
    return switch (random.nextInt(5)) {
      case 0 -> String.valueOf(from);
      case 1 -> from + "-" + to;
      case 2 -> from + "-" + to + "/" + step + "," + to;
      case 3 -> from + "," + oneOf(others);
      default -> oneOf(others);
    };
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
