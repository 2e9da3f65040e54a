package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to the store, and what befalls it. A transaction is one step: it happens at one instant,
 * wholly or not at all. Before and after it the process may be frozen or killed, and its answer may
 * be lost.
 */
public final class Database {
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final SharedStore shared;
  private final Dice dice;
  private final Mutant mutant;
  private final Sabotage sabotage;
  private Duration slowest = Duration.ofMillis(10);
  private double lostAnswers;
  private boolean away;

  Database(SharedStore shared, Timeline timeline, Mutant mutant) {
    this.shared = shared;
    this.dice = timeline.dice();
    this.mutant = mutant;
    this.sabotage = new Sabotage(shared, timeline, mutant);
  }

  /** Nobody reaches it, or everybody does again. */
  public void away(boolean isAway) {
    away = isAway;
  }

  /**
   * How it does.
   *
   * @param answers the share of transactions whose answer is lost
   */
  public void weather(Duration slowestWay, double answers) {
    slowest = slowestWay;
    lostAnswers = answers;
  }

  /** It does well. */
  public void calm() {
    weather(Duration.ofMillis(10), 0);
  }

  /** The store as a process has it. */
  public Store seenBy(Life life) {
    return new Seen(life);
  }

  private final class Seen implements Store {
    private final Life life;

    Seen(Life life) {
      this.life = life;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Tx, T> work) {
      begin();
      T found = shared.store().read(work);
      end();
      return found;
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Tx, T> work) {
      begin();
      T done = shared.store().write(tx -> work.apply(MutantTx.of(tx, mutant, sabotage)));
      sabotage.after();
      end();
      return done;
    }

    private void begin() {
      life.sleep(dice.skewed(Duration.ZERO, slowest));
      if (away) {
        life.sleep(dice.between(Duration.ZERO, CONNECT));
        throw new StoreException("the database does not answer");
      }
      if (dice.chance(lostAnswers / 2)) {
        throw new StoreException("the connection broke before the transaction");
      }
      sabotage.before();
    }

    private void end() {
      life.sleep(dice.skewed(Duration.ZERO, slowest));
      if (dice.chance(lostAnswers)) {
        throw new StoreException("the connection broke, and whether it was committed is not known");
      }
    }

    @Override
    public void close() {
      // The store belongs to the world.
    }
  }
}
