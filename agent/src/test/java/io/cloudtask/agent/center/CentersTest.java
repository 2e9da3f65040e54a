package io.cloudtask.agent.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CentersTest {
  private static final List<String> THREE = List.of("http://a:1", "http://b:1", "http://c:1");

  private String configured = "";
  private final Centers centers = new Centers(() -> configured, "key");

  @Test
  void nobody_is_asked_when_none_is_known() {
    assertThat(centers.inOrder()).isEmpty();
  }

  @Test
  void the_configured_and_the_live_are_known_each_once() {
    configured = "http://a:1/, http://x:1";
    centers.live(THREE);
    assertThat(centers.inOrder())
        .containsExactlyInAnyOrder("http://a:1", "http://b:1", "http://c:1", "http://x:1");
  }

  @Test
  void it_stays_with_the_one_that_answers_and_leaves_the_one_that_does_not() {
    centers.live(THREE);
    centers.worked("http://b:1");
    assertThat(centers.inOrder()).startsWith("http://b:1");
    centers.failed("http://b:1");
    assertThat(centers.inOrder()).endsWith("http://b:1").hasSize(3);
    centers.worked("http://b:1");
    assertThat(centers.inOrder()).startsWith("http://b:1");
  }

  @Test
  void one_that_answers_is_asked_although_it_is_not_signed_in_any_more() {
    centers.live(THREE);
    centers.worked("http://b:1");
    centers.live(List.of("http://c:1"));
    assertThat(centers.inOrder()).containsExactly("http://b:1", "http://c:1");
    centers.failed("http://b:1");
    assertThat(centers.inOrder()).containsExactly("http://c:1");
  }

  @Test
  void the_agents_of_a_center_that_fails_spread_over_all_others() {
    long first =
        IntStream.range(0, 300)
            .mapToObj(i -> new Centers(() -> "", "agent-" + i))
            .filter(each -> {
              each.live(THREE);
              each.failed("http://a:1");
              return each.inOrder().getFirst().equals("http://b:1");
            })
            .count();
    assertThat(first).isBetween(75L, 225L);
  }
}
