package io.cloudtask.center.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  /** What is being answered, in the order in which it began. */
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

  /** What the test has answered, and nobody has taken yet. */
  private final ConcurrentMap<String, BlockingQueue<Supplier<Integer>>> given =
      new ConcurrentHashMap<>();

  private final Rounds<String, Integer> rounds = new Rounds<>(this::answer);

  private Integer answer(String question) {
    begun.add(question);
    try {
      return given(question).take().get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private BlockingQueue<Supplier<Integer>> given(String question) {
    return given.computeIfAbsent(question, _ -> new LinkedBlockingQueue<>());
  }

  private void give(String question, int answer) {
    given(question).add(() -> answer);
  }

  private String begun() throws InterruptedException {
    return begun.poll(20, TimeUnit.SECONDS);
  }

  private static int answer(CompletableFuture<Integer> round) throws Exception {
    return round.get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void nothingIsAnsweredThatNobodyHasAsked() {
    assertThat(begun).isEmpty();
  }

  @Test
  void who_asks_while_an_answer_is_made_gets_the_next_one() throws Exception {
    CompletableFuture<Integer> first = rounds.ask("jobs");
    assertThat(begun()).isEqualTo("jobs");
    CompletableFuture<Integer> second = rounds.ask("jobs");
    give("jobs", 1);
    assertThat(answer(first)).isEqualTo(1);
    assertThat(second).isNotDone();
    assertThat(begun()).isEqualTo("jobs");
    give("jobs", 2);
    assertThat(answer(second)).isEqualTo(2);
  }

  @Test
  void all_who_ask_meanwhile_share_one_answer() throws Exception {
    CompletableFuture<Integer> first = rounds.ask("jobs");
    assertThat(begun()).isEqualTo("jobs");
    CompletableFuture<Integer> second = rounds.ask("jobs");
    CompletableFuture<Integer> third = rounds.ask("jobs");
    give("jobs", 1);
    give("jobs", 2);
    assertThat(answer(first)).isEqualTo(1);
    assertThat(answer(second)).isEqualTo(2);
    assertThat(answer(third)).isEqualTo(2);
    assertThat(begun()).isEqualTo("jobs");
  }

  @Test
  void another_question_does_not_wait() throws Exception {
    CompletableFuture<Integer> slow = rounds.ask("jobs");
    assertThat(begun()).isEqualTo("jobs");
    give("runs", 7);
    assertThat(rounds.answer("runs")).isEqualTo(7);
    assertThat(begun()).isEqualTo("runs");
    assertThat(slow).isNotDone();
    give("jobs", 1);
    assertThat(answer(slow)).isEqualTo(1);
  }

  @Test
  void nothing_is_kept() throws Exception {
    give("jobs", 1);
    give("jobs", 2);
    assertThat(rounds.answer("jobs")).isEqualTo(1);
    assertThat(rounds.answer("jobs")).isEqualTo(2);
    assertThat(begun()).isEqualTo("jobs");
    assertThat(begun()).isEqualTo("jobs");
  }

  @Test
  void what_is_thrown_reaches_its_round_and_not_the_next() throws Exception {
    CompletableFuture<Integer> first = rounds.ask("jobs");
    assertThat(begun()).isEqualTo("jobs");
    CompletableFuture<Integer> second = rounds.ask("jobs");
    IllegalStateException refused = new IllegalStateException("refused");
    given("jobs")
        .add(() -> {
          throw refused;
        });
    assertThatThrownBy(() -> answer(first)).hasCause(refused);
    give("jobs", 2);
    assertThat(answer(second)).isEqualTo(2);
    assertThat(begun()).isEqualTo("jobs");
  }

  @Test
  void who_waits_is_thrown_what_answering_has_thrown() throws Exception {
    RefusedException refused = new RefusedException(Refusal.forbidden());
    given("jobs")
        .add(() -> {
          throw refused;
        });
    assertThatThrownBy(() -> rounds.answer("jobs")).isSameAs(refused);
    assertThat(begun()).isEqualTo("jobs");
    AssertionError fault = new AssertionError("fault");
    given("jobs")
        .add(() -> {
          throw fault;
        });
    assertThatThrownBy(() -> rounds.answer("jobs")).isSameAs(fault);
    assertThat(begun()).isEqualTo("jobs");
  }
}
