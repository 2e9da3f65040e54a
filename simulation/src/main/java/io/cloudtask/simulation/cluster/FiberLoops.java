package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Turn;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.simulation.world.Bell;
import io.cloudtask.simulation.world.Life;

/** The loops of a process, as fibers on virtual time. */
final class FiberLoops implements Loops {
  private final Life life;

  FiberLoops(Life life) {
    this.life = life;
  }

  @Override
  public Loop loop(String name, Kind kind, Turn turn) {
    return new FiberLoop(name, turn);
  }

  private final class FiberLoop implements Loop {
    private final String name;
    private final Turn turn;
    private final Bell bell = new Bell(life);

    FiberLoop(String name, Turn turn) {
      this.name = name;
      this.turn = turn;
    }

    @Override
    public void start() {
      life.start(name, this::run);
    }

    private void run() throws InterruptedException {
      while (true) {
        Wait wait = turn.take();
        if (wait.deaf()) {
          life.sleep(wait.time());
        } else {
          bell.await(wait.time());
        }
      }
    }

    @Override
    public void ring() {
      bell.ring();
    }

    @Override
    public void close() {
      // A pretended process is never ended in order.
    }
  }
}
