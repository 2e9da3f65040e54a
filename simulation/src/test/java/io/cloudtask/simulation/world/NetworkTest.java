package io.cloudtask.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Timeline timeline = new Timeline(new Dice(1), new Trace(null));
  private final Network network = new Network(timeline);
  private final Home one = new Home("one");
  private final Home two = new Home("two");
  private final List<String> said = new ArrayList<>();
  private int served;

  private final class Home implements Network.Place {
    private final String name;
    @Nullable Life life;

    Home(String name) {
      this.name = name;
      this.life = new Life(timeline, name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public @Nullable Life life() {
      return life;
    }
  }

  private void call() {
    Objects.requireNonNull(one.life())
        .start(
            "call",
            () -> {
              try {
                said.add(network.call(one, two, "ask", () -> "answer " + ++served, PATIENCE));
              } catch (IOException e) {
                said.add(String.valueOf(e.getMessage()));
              }
            });
    while (timeline.step(Duration.ofMinutes(1).toNanos())) {
      assertThat(timeline.running()).isNull();
    }
  }

  @Test
  void a_call_is_served_and_answered() {
    call();

    assertThat(said).containsExactly("answer 1");
  }

  @Test
  void a_call_whose_answer_is_cut_off_was_served_all_the_same() {
    network.cut("two", "one", true);

    call();

    assertThat(said).containsExactly("no answer within 5000 ms");
    assertThat(served).isEqualTo(1);
  }

  @Test
  void a_call_that_is_cut_off_is_not_served() {
    network.cut("one", "two", true);

    call();

    assertThat(said).containsExactly("no answer within 5000 ms");
    assertThat(served).isZero();
  }

  @Test
  void where_nobody_lives_a_call_is_refused_at_once() {
    two.life = null;

    call();

    assertThat(said).containsExactly("nobody listens at two");
  }

  @Test
  void a_call_that_arrives_twice_is_served_twice_and_answered_once() {
    network.weather(new Network.Weather(Duration.ofMillis(10), 0, 1));

    call();

    assertThat(said).hasSize(1);
    assertThat(served).isEqualTo(2);
  }
}
