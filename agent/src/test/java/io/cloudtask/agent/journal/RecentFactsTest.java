package io.cloudtask.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentFactsTest {
  private final RecentFacts recent = new RecentFacts(10);

  @Test
  void what_was_added_is_there_in_order_and_in_pieces() {
    recent.add(frame(11, 3), 100);
    recent.add(frame(14, 2), 100);
    assertThat(after(10, 10)).containsExactly(11L, 12L, 13L, 14L, 15L);
    assertThat(after(11, 3)).containsExactly(12L, 13L, 14L);
    assertThat(after(15, 3)).isEmpty();
  }

  @Test
  void the_agents_own_affairs_are_no_facts_but_take_their_sequence() {
    recent.add(new Frame(11, List.of(new Entry.Revised(1, 0), fault(12))), 100);
    recent.add(new Frame(13, List.of(new Entry.Acked(3))), 100);
    assertThat(after(10, 10)).containsExactly(12L);
  }

  @Test
  void it_does_not_speak_for_what_was_there_before() {
    recent.add(frame(11, 3), 100);
    assertThat(recent.after(9, 10)).isEmpty();
  }

  @Test
  void what_is_committed_is_forgotten_when_all_of_its_frame_is() {
    recent.add(frame(11, 3), 100);
    recent.add(frame(14, 2), 100);
    recent.acked(13);
    assertThat(recent.after(12, 10)).isEmpty();
    assertThat(after(13, 10)).containsExactly(14L, 15L);
    recent.acked(14);
    assertThat(after(13, 10)).containsExactly(14L, 15L);
    recent.acked(15);
    assertThat(recent.after(14, 10)).isEmpty();
    assertThat(after(15, 10)).isEmpty();
  }

  @Test
  void the_oldest_give_way_when_it_is_full_and_it_says_so() {
    long half = RecentFacts.MOST_BYTES / 2;
    recent.add(frame(11, 3), half);
    recent.add(frame(14, 2), half);
    assertThat(after(10, 10)).hasSize(5);
    recent.add(frame(16, 1), 1);
    assertThat(recent.after(12, 10)).isEmpty();
    assertThat(after(13, 10)).containsExactly(14L, 15L, 16L);
    recent.add(frame(17, 1), RecentFacts.MOST_BYTES + 1);
    assertThat(recent.after(16, 10)).isEmpty();
    assertThat(after(17, 10)).isEmpty();
  }

  private List<Long> after(long from, int max) {
    Optional<List<Report>> found = recent.after(from, max);
    assertThat(found).isPresent();
    return found.get().stream().map(Report::sequence).toList();
  }

  private static Frame frame(long first, int facts) {
    return new Frame(
        first, LongStream.range(first, first + facts).mapToObj(RecentFactsTest::fault).toList());
  }

  private static Entry fault(long sequence) {
    return new Entry.Happened(new Fact.Fault("job", 1, "fault " + sequence));
  }
}
