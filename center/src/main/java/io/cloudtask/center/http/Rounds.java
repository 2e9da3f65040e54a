package io.cloudtask.center.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions that many ask at once, in rounds: one round of a question is answered at a
 * time, and all who ask meanwhile are the next. So no answer is older than its question, and
 * however many ask, each waits for two rounds at the most. Nothing is kept when nobody waits.
 * Thread-safe.
 *
 * @param <K> a question, by its value
 */
final class Rounds<K, V> {
  private final Function<K, V> answering;
  private final ReentrantLock lock = new ReentrantLock();

  /** The rounds that have not begun; guarded by the lock, as the questions that are answered. */
  private final Map<K, CompletableFuture<V>> next = new HashMap<>();

  private final Set<K> answered = new HashSet<>();

  /**
   * Makes one.
   *
   * @param answering is run on a virtual thread of its own; what it throws, all of its round get
   */
  Rounds(Function<K, V> answering) {
    this.answering = answering;
  }

  /** Waits for an answer that is begun after this; throws what answering has thrown. */
  V answer(K question) {
    try {
      return ask(question).join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException known -> known;
        case Error error -> throw error;
        case null, default -> e;
      };
    }
  }

  /** The answer of the next round that begins. */
  CompletableFuture<V> ask(K question) {
    lock.lock();
    try {
      CompletableFuture<V> round = next.computeIfAbsent(question, _ -> new CompletableFuture<>());
      if (answered.add(question)) {
        Thread.ofVirtual().name("answers").start(() -> work(question));
      }
      return round;
    } finally {
      lock.unlock();
    }
  }

  private void work(K question) {
    for (var round = begin(question); round != null; round = begin(question)) {
      try {
        round.complete(answering.apply(question));
      } catch (RuntimeException | Error e) {
        round.completeExceptionally(e);
      }
    }
  }

  /** From here on whoever asks is of the round after; null when nobody waits. */
  private @Nullable CompletableFuture<V> begin(K question) {
    lock.lock();
    try {
      CompletableFuture<V> round = next.remove(question);
      if (round == null) {
        answered.remove(question);
      }
      return round;
    } finally {
      lock.unlock();
    }
  }
}
