package io.cloudtask.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadLoopsTest {
  private final ThreadLoops loops = new ThreadLoops();
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private static Turn thatWaits(CountDownLatch begun, LinkedBlockingQueue<String> seen) {
    return () -> {
      begun.countDown();
      try {
        new Semaphore(0).acquire();
      } catch (InterruptedException e) {
        seen.add("interrupted");
        throw e;
      }
      return Wait.NONE;
    };
  }

  @Test
  void turns_follow_each_other_after_the_wait_that_the_last_one_asked_for() throws Exception {
    Turn turn =
        () -> {
          seen.add("turn");
          return seen.size() < 3 ? Wait.atMost(Duration.ofMillis(1)) : Wait.FOR_A_RING;
        };
    try (Loop loop = loops.loop("test", Loops.Kind.CALLER, turn)) {
      loop.start();
      for (int i = 0; i < 3; i++) {
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("turn");
      }
    }
  }

  @Test
  void a_ring_during_a_turn_brings_another_one() throws Exception {
    Semaphore goOn = new Semaphore(0);
    Turn turn =
        () -> {
          seen.add("turn");
          goOn.acquire();
          return Wait.FOR_A_RING;
        };
    try (Loop loop = loops.loop("test", Loops.Kind.URGENT, turn)) {
      loop.start();
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("turn");
      loop.ring();
      loop.ring();
      goOn.release();
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("turn");
      goOn.release();
    }
  }

  @Test
  void a_turn_that_waits_for_others_is_interrupted_at_the_end() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (Loop loop = loops.loop("test", Loops.Kind.CALLER, thatWaits(begun, seen))) {
      loop.start();
      begun.await();
    }
    assertThat(seen).containsExactly("interrupted");
  }

  @Test
  void the_turn_of_an_owner_is_finished_and_no_other_one_begins() throws Exception {
    Semaphore goOn = new Semaphore(0);
    CountDownLatch begun = new CountDownLatch(1);
    Turn turn =
        () -> {
          begun.countDown();
          goOn.acquire();
          seen.add("done");
          return Wait.NONE;
        };
    Loop loop = loops.loop("test", Loops.Kind.OWNER, turn);
    loop.start();
    begun.await();
    Thread closing = Thread.ofVirtual().start(loop::close);
    goOn.release();
    closing.join();
    assertThat(seen).isNotEmpty().doesNotContain("interrupted");
  }

  @Test
  void one_that_never_began_can_be_closed() {
    loops.loop("test", Loops.Kind.CALLER, () -> Wait.NONE).close();
    assertThat(seen).isEmpty();
  }
}
