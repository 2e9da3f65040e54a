package io.cloudtask.center.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.lead.Members;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Heartbeats heartbeats = new Heartbeats(Duration.ofSeconds(60), now::get);

  private static Node at(long second) {
    return Samples.node("http://127.0.0.1:8600").at(second, true);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void who_stops_to_pulse_while_others_do_is_silent_until_it_pulses_again() {
    assertThat(heartbeats.silent(Map.of("a", at(1), "b", at(1)))).isEmpty();
    pass(Duration.ofSeconds(60));
    assertThat(heartbeats.silent(Map.of("a", at(1), "b", at(60)))).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(heartbeats.silent(Map.of("a", at(1), "b", at(61)))).containsExactly("a");
    assertThat(heartbeats.silent(Map.of("a", at(62), "b", at(61)))).isEmpty();
  }

  @Test
  void when_nobody_was_heard_for_long_nobody_is_silent() {
    assertThat(heartbeats.silent(Map.of("a", at(1), "b", at(1)))).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(heartbeats.silent(Map.of("a", at(3600), "b", at(3600)))).isEmpty();
  }

  @Test
  void a_silent_agent_is_there_but_not_signed_in() {
    Map<String, Node> nodes = Map.of("a", at(1), "b", at(1));

    Members members = Members.NONE.then(nodes, heartbeats.silent(nodes));
    assertThat(members.silent()).isEmpty();
    pass(Duration.ofSeconds(61));
    Map<String, Node> later = Map.of("a", at(1), "b", at(61));
    members = members.then(later, heartbeats.silent(later));

    assertThat(members.nodes()).containsOnlyKeys("a", "b");
    assertThat(members.silent()).containsExactly("a");
    assertThat(members.signedOut()).isEmpty();
  }
}
