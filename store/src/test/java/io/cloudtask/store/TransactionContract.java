package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

abstract class TransactionContract extends StoreContract {
  @Test
  void what_a_function_throws_undoes_everything_and_reaches_the_caller() {
    IllegalArgumentException fault = new IllegalArgumentException("no");

    assertThatThrownBy(() ->
            store.execute(tx -> {
              tx.runtimes().create("mars", "", List.of(), NOW);
              throw fault;
            }))
        .isSameAs(fault);
    assertThat(runtimes().find("mars")).isEmpty();
  }

  @Test
  void a_reading_transaction_can_not_write() {
    assertThatThrownBy(() -> store.read(tx -> tx.runtimes().create("mars", "", List.of(), NOW)))
        .isInstanceOf(StoreException.class);
    assertThat(runtimes().find("mars")).isEmpty();
  }

  @Test
  void a_reading_transaction_sees_one_state_while_others_write() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Integer>> reader =
          threads.submit(() ->
              store.<List<Integer>>read(tx -> {
                int before = tx.runtimes().list().size();
                looked.countDown();
                await(written);
                return List.of(before, tx.runtimes().list().size());
              }));
      looked.await();
      runtimes().create("mars", "", List.of(), NOW);
      written.countDown();

      assertThat(reader.get()).containsExactly(1, 1);
    }
    assertThat(runtimes().list()).hasSize(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_transaction_that_calls_the_store_again_is_told_so() {
    assertThatThrownBy(() -> store.execute(tx -> store.execute(inner -> {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_interrupt_does_not_leave_the_outcome_open() {
    Thread.currentThread().interrupt();
    runtimes().create("mars", "", List.of(), NOW);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(runtimes().find("mars")).isPresent();
  }

  @Test
  void many_writers_take_turns() throws Exception {
    create(JOB, "hello");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(() ->
            store.<Jobs.Written>write(tx -> {
              long version = tx.jobs().lock(JOB).orElseThrow().version();
              return tx.jobs().change(JOB, version, definition("hello"), "ann", NOW);
            }));
      }
    }
    assertThat(job().version()).isEqualTo(51);
  }

  @Test
  void a_closed_store_says_so() {
    store.close();
    assertThatThrownBy(() -> runtimes().list())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    store = open(folder, clock);
  }
}
