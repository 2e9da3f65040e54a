package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The table against java.time, over all zones, history and years. */
final class ZoneTimelineTest {
  private static final long YEAR_1 = -62_135_596_800L;

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()))).map(ZoneId::of);
  }

  @Property(tries = 3_000, seed = "2018")
  void offsets_agree(
      @ForAll("zones") ZoneId zone,
      @ForAll @LongRange(min = YEAR_1, max = FireTimes.LAST_SECOND) long second) {
    ZoneTimeline timeline = ZoneTimeline.of(zone);
    int span = timeline.spanAt(second);

    Instant instant = Instant.ofEpochSecond(second);
    assertThat(timeline.offset(span))
        .isEqualTo(zone.getRules().getOffset(instant).getTotalSeconds());
    assertThat(timeline.start(span)).isLessThanOrEqualTo(second);
    assertThat(timeline.start(span + 1)).isGreaterThan(second);
  }

  @Property(tries = 3_000, seed = "2018")
  void first_instants_agree_around_changes_of_the_clock(
      @ForAll("zones") ZoneId zone,
      @ForAll @LongRange(min = YEAR_1, max = FireTimes.LAST_SECOND) long second,
      @ForAll @LongRange(min = -100_000, max = 100_000) long aside) {
    ZoneTimeline timeline = ZoneTimeline.of(zone);
    int span = timeline.spanAt(second);
    long local = (span == 0 ? second : timeline.localStart(span)) + aside;

    assertThat(timeline.firstInstant(local)).isEqualTo(byJavaTime(zone.getRules(), local));
  }

  private static long byJavaTime(ZoneRules rules, long local) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    return offsets.isEmpty()
        ? rules.getTransition(time).toEpochSecond()
        : local - offsets.getFirst().getTotalSeconds();
  }
}
