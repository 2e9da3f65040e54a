package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Promise;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Sends the requests of one client to the coordinator. */
final class RemoteRequests {
  /** What the server does. */
  interface Request<T> {
    T serve() throws CoordinationException;
  }

  private final Ensemble ensemble;
  private final Life life;
  private boolean onLostServer;

  RemoteRequests(Ensemble ensemble, Life life) {
    this.ensemble = ensemble;
    this.life = life;
  }

  void onLostServer(boolean lost) {
    onLostServer = lost;
  }

  boolean onLostServer() {
    return onLostServer;
  }

  Ensemble ensemble() {
    return ensemble;
  }

  void tell(Ensemble.Order order) throws CoordinationException {
    boolean _ =
        ask(() -> {
          order.carryOut();
          return true;
        });
  }

  /** Called by a fiber of the client's process. */
  <T> T ask(Request<T> request) throws CoordinationException {
    Timeline timeline = life.timeline();
    Promise<T> answer = new Promise<>(life);
    timeline.in(way(), timeline.nature(), () -> serve(request, answer));
    try {
      return answer.await(ensemble.sessionTimeout().multipliedBy(2).dividedBy(3));
    } catch (CoordinationException | RuntimeException e) {
      throw e;
    } catch (TimeoutException e) {
      throw new CoordinationException("the coordinator did not answer in time", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> void serve(Request<T> request, Promise<T> answer) {
    Timeline timeline = life.timeline();
    try {
      T value = request.serve();
      timeline.in(way(), timeline.nature(), () -> answer.complete(value));
    } catch (CoordinationException e) {
      timeline.in(way(), timeline.nature(), () -> answer.fail(e));
    }
  }

  private Duration way() {
    Dice dice = life.timeline().dice();
    return dice.skewed(Duration.ofNanos(200_000), ensemble.slowestRequest());
  }
}
