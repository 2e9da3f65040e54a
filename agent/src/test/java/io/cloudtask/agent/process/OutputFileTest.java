package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
  private static final int HEAD = 10_000;
  private static final int TAIL = 30_000;
  private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final OutputFile output = new OutputFile(new OutputCaps(HEAD, TAIL));
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("stdout");
  }

  /** A stream in which each offset tells itself: lines of eight characters. */
  private static byte[] stream(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = from; i < to; i++) {
      bytes[i - from] = (byte) (i % 8 == 7 ? '\n' : '0' + i / 8 / POWERS_OF_TEN[6 - i % 8] % 10);
    }
    return bytes;
  }

  private void append(int from, int to) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(stream(from, to));
    }
  }

  @Test
  void a_file_that_is_not_there_is_an_empty_stream() throws IOException {
    assertThat(output.size(file)).isZero();
    assertThat(output.enforce(file)).isZero();
    assertThat(output.read(file, 0, 100).data()).isEmpty();
    KeptOutput kept = output.finished(file);
    assertThat(kept.length()).isZero();
    try (InputStream in = kept.open()) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, HEAD, HEAD + 1, HEAD + TAIL})
  void what_fits_is_kept_whole(int size) throws IOException {
    append(0, size);
    KeptOutput kept = output.finished(file);
    assertThat(kept.cut().isEmpty()).isTrue();
    assertThat(kept.length()).isEqualTo(size);
    try (InputStream in = kept.open()) {
      assertThat(in.readAllBytes()).isEqualTo(stream(0, size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {HEAD + TAIL + 1, 100_003, 1_000_000})
  void of_more_head_and_tail_are_kept(int size) throws IOException {
    append(0, size);
    KeptOutput kept = output.finished(file);
    assertThat(kept).isEqualTo(new KeptOutput(file, size, new OutputCut(HEAD, size - TAIL)));
    assertThat(kept.length()).isEqualTo(HEAD + TAIL);
    try (InputStream in = kept.open()) {
      assertThat(in.readNBytes(HEAD)).isEqualTo(stream(0, HEAD));
      assertThat(in.readAllBytes()).isEqualTo(stream(size - TAIL, size));
    }
  }

  @Test
  void disk_use_is_bounded_while_offsets_stay_true() throws IOException {
    for (int size = 0; size < 2_000_000; size += 100_000) {
      append(size, size + 100_000);
      assertThat(output.enforce(file)).isEqualTo(size + 100_000);
      DiskUse.assertAtMost(file, HEAD + TAIL + (3 * 4096));
    }
    assertThat(output.read(file, 1_990_000, 500).data()).isEqualTo(stream(1_990_000, 1_990_500));
  }

  @Test
  void a_reader_goes_from_the_head_to_the_tail() throws IOException {
    append(0, 100_000);
    OutputSlice head = output.read(file, HEAD - 100, 5_000);
    assertThat(head.data()).isEqualTo(stream(HEAD - 100, HEAD));
    assertThat(head.next()).isEqualTo(HEAD);
    OutputSlice tail = output.read(file, head.next(), 5_000);
    assertThat(tail.from()).isEqualTo(100_000 - TAIL);
    assertThat(tail.cut()).isEqualTo(new OutputCut(HEAD, 100_000 - TAIL));
    assertThat(tail.data()).isEqualTo(stream(100_000 - TAIL, 105_000 - TAIL));
    assertThat(tail.next()).isEqualTo(105_000 - TAIL);
  }

  @Test
  void what_lies_in_the_cut_is_not_given_even_while_it_is_still_on_disk() throws IOException {
    append(0, 100_000);
    assertThat(output.read(file, 50_000, 10).from()).isEqualTo(100_000 - TAIL);
  }

  @Test
  void a_reader_at_the_end_or_beyond_it_waits_at_the_end() throws IOException {
    append(0, 100);
    assertThat(output.read(file, 100, 10).next()).isEqualTo(100);
    assertThat(output.read(file, Long.MAX_VALUE, 10).next()).isEqualTo(100);
    assertThat(output.read(file, 100, 10).data()).isEmpty();
    assertThat(output.read(file, -5, 10).data()).isEqualTo(stream(0, 10));
  }

  @Test
  void a_reader_never_sees_a_hole_while_the_stream_grows() throws Exception {
    append(0, 8);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> {
          try {
            for (int size = 8; size < 4_000_000; size += 16_000) {
              append(size, size + 16_000);
              output.enforce(file);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    long from = 0;
    while (!writer.isDone()) {
      OutputSlice slice = output.read(file, from, 20_000);
      assertThat(slice.data())
          .isEqualTo(stream((int) slice.from(), (int) slice.from() + slice.data().length));
      assertThat(slice.next()).isGreaterThanOrEqualTo(from);
      from = slice.next();
    }
    writer.join();
  }

  @Test
  void a_stream_may_have_no_head() throws IOException {
    OutputFile tailOnly = new OutputFile(new OutputCaps(0, 16));
    append(0, 80);
    assertThat(tailOnly.read(file, 0, 100).data()).isEqualTo(stream(64, 80));
    try (InputStream in = tailOnly.finished(file).open()) {
      assertThat(in.readAllBytes()).isEqualTo(stream(64, 80));
    }
  }

  @Test
  void caps_that_keep_nothing_are_refused() {
    assertThatThrownBy(() -> new OutputCaps(-1, 10)).hasMessageContaining("head -1");
    assertThatThrownBy(() -> new OutputCaps(10, 0)).hasMessageContaining("tail");
  }
}
