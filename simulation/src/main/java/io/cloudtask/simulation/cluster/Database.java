package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.Violation;
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
  private final Ambush ambush;
  private Duration slowest = Duration.ofMillis(10);
  private double lostAnswers;
  private boolean away;

  Database(SharedStore shared, Timeline timeline, Mutant mutant, Ambush ambush) {
    this.shared = shared;
    this.dice = timeline.dice();
    this.mutant = mutant;
    this.sabotage = new Sabotage(shared, timeline, mutant);
    this.ambush = ambush;
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

  /** The store as a center has it that leads, or takes itself for the one that does. */
  Store seenByLeader(Life life, String centerKey) {
    return new SeenByLeader(life, centerKey);
  }

  private class Seen implements Store {
    final Life life;

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
      T done = commit(work);
      sabotage.after();
      end();
      return done;
    }

    <T extends @Nullable Object> T commit(Function<Tx, T> work) {
      return shared.store().write(tx -> work.apply(MutantTx.of(tx, mutant, sabotage)));
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

  /** Who has been replaced as the leader must not change anything, however late he comes. */
  private final class SeenByLeader extends Seen {
    private final String centerKey;

    SeenByLeader(Life life, String centerKey) {
      super(life);
      this.centerKey = centerKey;
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Tx, T> work) {
      ambush.deciding(life);
      return super.write(work);
    }

    @Override
    <T extends @Nullable Object> T commit(Function<Tx, T> work) {
      long before = shared.version();
      T done = super.commit(work);
      if (shared.version() != before) {
        String leader =
            shared.rows("SELECT centerkey FROM leader", row -> row.getString(1)).getFirst();
        if (!leader.equals(centerKey)) {
          throw new Violation(
              Invariant.ONE_LEADER,
              life.name() + " changes what only the leader may, and that is " + leader);
        }
      }
      return done;
    }
  }
}
