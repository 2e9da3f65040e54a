package io.cloudtask.center.packages;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-, 0, 10",
    "bytes=3-5, 3, 6",
    "bytes=9-100, 9, 10",
    "bytes=-1, 9, 10",
    "bytes=-100, 0, 10",
    "BYTES = 2 - 3, 2, 4",
    "bytes=0-999999999999999999, 0, 10",
  })
  void a_part_is_cut_to_what_is_there(String header, long from, long to) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(from, to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=-", "bytes=5-3", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes=1"})
  void what_is_no_single_range_gives_the_whole(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
  void what_lies_behind_the_end_is_said(String header) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @Test
  void nothing_asked_for_is_the_whole() {
    assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.Whole());
  }

  @Property
  void a_part_lies_within_the_package_and_is_never_empty(
      @ForAll String text, @ForAll @LongRange(min = 0, max = 1000) long size) {
    for (String header : new String[] {text, "bytes=" + text, "bytes=1-" + text}) {
      if (ByteRange.of(header, size) instanceof ByteRange.Part(long from, long to)) {
        assertThat(from).isBetween(0L, to - 1);
        assertThat(to).isLessThanOrEqualTo(size);
      }
    }
  }
}
