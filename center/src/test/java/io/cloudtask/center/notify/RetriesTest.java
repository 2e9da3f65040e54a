package io.cloudtask.center.notify;

import static io.cloudtask.center.notify.Samples.NOW;
import static io.cloudtask.center.notify.Samples.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.NoticeRow.Delivery;
import io.cloudtask.store.NoticeRow.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Channel.Outcome AWAY = new Channel.Outcome.Failed("away");

  @Test
  void an_attempt_keeps_others_from_trying_for_a_while() {
    NoticeRow notice = Samples.notice(failed(NOW, ""));
    Delivery begun = Retries.begin(notice, NOW);
    assertThat(begun.state()).isEqualTo(State.WAITING);
    assertThat(begun.due()).isEqualTo(NOW.plus(Retries.ATTEMPT));
    assertThat(begun.attempts()).isEqualTo(1);
  }

  @Test
  void while_the_other_side_is_away_for_an_hour_it_is_tried_ever_more_seldom_and_then_arrives() {
    NoticeRow notice = Samples.notice(failed(NOW, ""));
    Instant now = NOW;
    int attempts = 0;
    while (now.isBefore(NOW.plus(Duration.ofHours(1)))) {
      notice = notice.with(Retries.begin(notice, now));
      notice = notice.with(Retries.end(notice, AWAY, now));
      attempts++;
      assertThat(notice.delivery().state()).isEqualTo(State.WAITING);
      assertThat(notice.delivery().error()).isEqualTo("away");
      assertThat(notice.delivery().due()).isAfter(now);
      now = notice.delivery().due();
    }
    assertThat(attempts).isBetween(5, 12);
    notice = notice.with(Retries.begin(notice, now));
    Delivery sent = Retries.end(notice, new Channel.Outcome.Sent(), now);
    assertThat(sent).isEqualTo(new Delivery(State.SENT, now, attempts + 1, "", now));
  }

  @Test
  void it_is_given_up_after_a_day_or_at_once_when_it_can_never_work() {
    NoticeRow notice = Samples.notice(failed(NOW, ""));
    Instant late = NOW.plus(Retries.GIVE_UP).plusSeconds(1);
    assertThat(Retries.end(notice, AWAY, late).state()).isEqualTo(State.FAILED);
    assertThat(Retries.end(notice, new Channel.Outcome.Refused("gone"), NOW).state())
        .isEqualTo(State.FAILED);
  }
}
