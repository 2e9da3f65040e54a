package io.cloudtask.agent.process;

import io.cloudtask.agent.process.ProcessEntry.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A run whose direct child is known. */
final class SupervisedRun implements RunningProcess {
  private final Identity root;
  private final Instant startedAt;
  private final CompletableFuture<Exit> exit;
  private final Supplier<RunTree> tree;
  private final TreeStopper stopper;

  SupervisedRun(
      Identity root,
      Instant startedAt,
      CompletableFuture<Exit> exit,
      Supplier<RunTree> tree,
      TreeStopper stopper) {
    this.root = root;
    this.startedAt = startedAt;
    this.exit = exit;
    this.tree = tree;
    this.stopper = stopper;
  }

  @Override
  public long pid() {
    return root.pid();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public CompletableFuture<Exit> onExit() {
    return exit.copy();
  }

  @Override
  public CompletableFuture<Integer> stop(Duration grace) {
    return stopper.stop(tree.get(), grace);
  }
}
