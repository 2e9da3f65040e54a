package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

abstract class LeadershipContract extends StoreContract {
  @Test
  void who_takes_it_gets_a_new_epoch_and_the_one_before_holds_no_longer() {
    assertThat(leadership().current()).isEmpty();
    assertThat(leadership().holds(0)).isFalse();

    long first = leadership().take("center-1", NOW);
    assertThat(leadership().holds(first)).isTrue();
    long second = leadership().take("center-2", at(1));
    reopen();

    assertThat(second).isGreaterThan(first);
    assertThat(leadership().holds(first)).isFalse();
    assertThat(leadership().holds(second)).isTrue();
    assertThat(leadership().current())
        .contains(new Leadership.LeaderRow(second, "center-2", at(1)));
  }

  @Test
  void the_same_center_gets_a_new_epoch_too() {
    long first = leadership().take("center-1", NOW);
    assertThat(leadership().take("center-1", at(1))).isEqualTo(first + 1);
  }

  @Test
  void nobody_takes_it_while_a_transaction_relies_on_it() throws Exception {
    long first = leadership().take("center-1", NOW);
    CountDownLatch holds = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> planner =
          threads.submit(() ->
              store.<Boolean>write(tx -> {
                boolean held = tx.leadership().holds(first);
                holds.countDown();
                tx.runtimes().create("planned", "", List.of(), NOW);
                return held && tx.leadership().holds(first);
              }));
      holds.await();
      Future<Boolean> other =
          threads.submit(() -> {
            leadership().take("center-2", at(1));
            return runtimes().find("planned").isPresent();
          });

      assertThat(planner.get()).isTrue();
      assertThat(other.get()).as("the plan was written before").isTrue();
    }
    assertThat(leadership().holds(first)).isFalse();
  }
}
