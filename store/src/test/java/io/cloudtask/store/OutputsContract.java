package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class OutputsContract extends StoreContract {
  private static final String RUN = "0".repeat(31) + "1";

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private void put(long size, long cutfrom, long cutto, byte[] kept) {
    outputs()
        .put(
            new Outputs.StreamRow(RUN, "stdout", size, cutfrom, cutto),
            new ByteArrayInputStream(kept));
  }

  private byte[] readAll(int max) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long at = 0;
    while (true) {
      Outputs.Part part = outputs().read(RUN, "stdout", at, max).orElseThrow();
      assertThat(part.next()).isEqualTo(part.from() + part.data().length);
      all.writeBytes(part.data());
      if (part.end()) {
        return all.toByteArray();
      }
      assertThat(part.next()).as("it moves on").isGreaterThan(at);
      at = part.next();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 262_143, 262_144, 262_145, 1_000_000})
  void a_stream_of_any_size_reads_back(int size) {
    byte[] bytes = bytes(size);
    put(size, 0, 0, bytes);

    assertThat(readAll(100_000)).isEqualTo(bytes);
    assertThat(readAll(Integer.MAX_VALUE)).isEqualTo(bytes);
    assertThat(outputs().list(RUN))
        .containsExactly(new Outputs.StreamRow(RUN, "stdout", size, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 600_000})
  void what_was_cut_is_said_and_passed_over(int tail) {
    byte[] kept = bytes(10 + tail);
    long size = 1_000_000_000L + tail;
    put(size, 10, 1_000_000_000L, kept);

    assertThat(readAll(200_000)).isEqualTo(kept);
    Outputs.Part head = outputs().read(RUN, "stdout", 4, 100).orElseThrow();
    assertThat(head.data()).hasSize(6);
    assertThat(head.cut()).isNull();
    assertThat(head.end()).isFalse();
    Outputs.Part middle = outputs().read(RUN, "stdout", 500, 100).orElseThrow();
    assertThat(middle.from()).isEqualTo(1_000_000_000L);
    assertThat(middle.cut()).isEqualTo(new Outputs.Cut(500, 1_000_000_000L));
    assertThat(middle.data()).hasSize(100).startsWith(kept[10]);
    Outputs.Part end = outputs().read(RUN, "stdout", size, 100).orElseThrow();
    assertThat(end.end()).isTrue();
    assertThat(end.data()).isEmpty();
  }

  @Test
  void a_stream_of_which_nothing_is_left_has_an_end() {
    put(5_000, 0, 5_000, new byte[0]);

    Outputs.Part part = outputs().read(RUN, "stdout", 0, 100).orElseThrow();
    assertThat(part.cut()).isEqualTo(new Outputs.Cut(0, 5_000));
    assertThat(part.end()).isTrue();
  }

  @Test
  void putting_it_again_replaces_it() {
    put(600_000, 0, 0, bytes(600_000));
    put(600_000, 0, 0, bytes(600_000));
    assertThat(readAll(1 << 20)).isEqualTo(bytes(600_000));
    put(5, 0, 0, bytes(5));
    assertThat(readAll(1 << 20)).isEqualTo(bytes(5));
    put(300_000, 0, 0, bytes(300_000));
    assertThat(readAll(1 << 20)).isEqualTo(bytes(300_000));
  }

  @Test
  void sizes_that_do_not_add_up_are_refused_and_change_nothing() {
    put(5, 0, 0, bytes(5));

    assertThatThrownBy(() -> put(6, 0, 0, bytes(5))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> put(4, 0, 0, bytes(5))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> put(40_000, 0, 0, bytes(39_999))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> put(5, 3, 9, bytes(5)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(RUN);
    assertThat(readAll(100)).isEqualTo(bytes(5));
  }

  @Test
  void nothing_is_not_the_same_as_empty() {
    put(0, 0, 0, new byte[0]);

    assertThat(outputs().read(RUN, "stdout", 0, 10)).isPresent();
    assertThat(outputs().read(RUN, "stderr", 0, 10)).isEmpty();
  }

  @Test
  void output_comes_with_the_report_of_the_end_or_before_it() {
    aJobThatAnAgentHolds();
    String runid = Facts.runid(at(1));
    outputs()
        .put(
            new Outputs.StreamRow(runid, "stdout", 100_000, 0, 0),
            new ByteArrayInputStream(bytes(100_000)));
    report(Facts.granted(at(1)));
    assertThat(runs().find(runid).orElseThrow().outputs()).isEmpty();

    report(
        List.of(
            new RunOutput(runid, "stdout", 100_000, 0, 0, null),
            new RunOutput(runid, "stderr", 3, 0, 0, bytes(3)),
            new RunOutput("f".repeat(32), "stderr", 3, 0, 0, bytes(3))),
        Facts.ended(at(1), RunState.SUCCEEDED, ""));

    assertThat(runs().find(runid).orElseThrow().outputs())
        .containsExactly(
            new RunView.Output("stdout", 100_000, 0, 0), new RunView.Output("stderr", 3, 0, 0));
    assertThat(outputs().read(runid, "stdout", 0, 10).orElseThrow().data()).hasSize(10);
    assertThat(outputs().list("f".repeat(32))).as("a run that did not end").isEmpty();
  }

  @Test
  void output_that_never_came_is_shown_as_cut() {
    aJobThatAnAgentHolds();
    String runid = Facts.runid(at(1));
    report(Facts.granted(at(1)));
    report(
        List.of(new RunOutput(runid, "stdout", 100_000, 0, 0, null)),
        Facts.ended(at(1), RunState.SUCCEEDED, ""));

    assertThat(runs().find(runid).orElseThrow().outputs())
        .containsExactly(new RunView.Output("stdout", 100_000, 0, 100_000));
  }

  @Test
  void output_whose_sizes_do_not_agree_does_not_hold_up_the_end_of_its_run() {
    aJobThatAnAgentHolds();
    String runid = Facts.runid(at(1));
    report(
        List.of(
            new RunOutput(runid, "stdout", 7, 0, 0, bytes(3)),
            new RunOutput(runid, "stderr", -1, 0, 0, bytes(3))),
        Facts.granted(at(1)),
        Facts.ended(at(1), RunState.SUCCEEDED, ""));

    RunView run = runs().find(runid).orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.outputs())
        .containsExactly(
            new RunView.Output("stdout", 7, 0, 7), new RunView.Output("stderr", 0, 0, 0));
  }
}
