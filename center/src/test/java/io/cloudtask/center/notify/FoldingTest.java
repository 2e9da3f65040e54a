package io.cloudtask.center.notify;

import static io.cloudtask.center.notify.Samples.NOW;
import static io.cloudtask.center.notify.Samples.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.NoticeRow.Delivery;
import io.cloudtask.store.NoticeRow.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  private static NoticeRow fold(NoticeRow before) {
    return Folding.fold("r1", failed(LATER, "again"), Optional.of(before), LATER);
  }

  @Test
  void what_happens_first_is_told_at_once() {
    NoticeRow notice = Folding.fold("r1", failed(NOW, "exit code 1"), Optional.empty(), NOW);
    assertThat(notice.delivery()).isEqualTo(Delivery.at(NOW));
    assertThat(notice.times()).isEqualTo(1);
  }

  @Test
  void what_happens_again_before_anybody_was_told_is_one_notice() {
    NoticeRow before = Samples.notice(failed(NOW, "exit code 1"));
    NoticeRow folded = fold(before);
    assertThat(folded.id()).isEqualTo(before.id());
    assertThat(folded.times()).isEqualTo(2);
    assertThat(folded.first()).isEqualTo(NOW);
    assertThat(folded.event().detail()).isEqualTo("again");
  }

  @Test
  void what_happens_again_soon_after_somebody_was_told_waits() {
    NoticeRow sent =
        Samples.notice(failed(NOW, "")).with(new Delivery(State.SENT, NOW, 1, "", NOW));
    NoticeRow next = fold(sent);
    assertThat(next.id()).isNotEqualTo(sent.id());
    assertThat(next.delivery().due()).isEqualTo(NOW.plus(Folding.QUIET));
  }

  @Test
  void what_happens_again_much_later_is_told_at_once() {
    Instant longAgo = NOW.minus(Folding.QUIET);
    NoticeRow sent =
        Samples.notice(failed(longAgo, "")).with(new Delivery(State.SENT, longAgo, 1, "", longAgo));
    assertThat(fold(sent).delivery().due()).isEqualTo(LATER);
  }

  @Test
  void what_is_on_its_way_is_not_changed_any_more() {
    NoticeRow before = Samples.notice(failed(NOW, ""));
    NoticeRow going = before.with(Retries.begin(before, NOW));
    assertThat(fold(going).id()).isNotEqualTo(going.id());
    assertThat(fold(going).delivery().due()).isEqualTo(LATER.plus(Folding.QUIET));
  }

  @Test
  void after_one_that_was_given_up_the_next_is_tried_at_once() {
    NoticeRow lost =
        Samples.notice(failed(NOW, "")).with(new Delivery(State.FAILED, NOW, 9, "why", null));
    assertThat(fold(lost).delivery()).isEqualTo(Delivery.at(LATER));
  }
}
