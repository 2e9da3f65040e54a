package io.cloudtask.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Fact;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader holds a megabyte at a time; where a frame lies in the file must make no difference.
 */
final class FrameReaderTest {
  private static final int SIZE = 3 << 20;

  private static ByteBuffer frame(long sequence, int length) throws JournalException {
    Fact fact = new Fact.Fault("399d4b159c65c9b34d2a3c41", 1, "x".repeat(length));
    return new Frame(sequence, List.of(new Entry.Happened(fact))).encode();
  }

  private static Bytes of(ByteBuffer file) {
    return (into, at) -> {
      int count = Math.min(into.remaining(), file.limit() - (int) at);
      into.put(file.slice((int) at, count));
      return count;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 300_000, 1_200_000})
  void every_frame_of_a_long_journal_is_read(int longest) throws Exception {
    Random random = new Random(longest);
    ByteBuffer file = ByteBuffer.allocate(SIZE + 2 * longest + 1_000);
    List<Long> written = new ArrayList<>();
    while (file.position() < SIZE) {
      long sequence = written.size() + 1L;
      file.put(frame(sequence, random.nextInt(longest)));
      written.add(sequence);
    }
    file.flip();

    FrameReader reader = new FrameReader(of(file), 0, file.limit());
    List<Long> read = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      read.add(frame.first());
    }

    assertThat(read).isEqualTo(written);
    assertThat(reader.damaged()).isFalse();
    assertThat(reader.offset()).isEqualTo(file.limit());
  }
}
