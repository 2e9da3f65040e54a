package io.cloudtask.simulation.world;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls between processes: delayed, and by that reordered, lost, doubled, or kept from coming
 * through in one direction or both.
 */
public final class Network {
  /** A place that can be called, whatever process lives there at the time. */
  public interface Place {
    String name();

    /** The process there; null when there is none. */
    @Nullable Life life();
  }

  /** What the one who is called does; it runs as a fiber of its process. */
  public interface Request<T> {
    T serve() throws Exception;
  }

  /**
   * How it is in general.
   *
   * @param slowest how long a message takes at the most
   * @param loss the share of messages that are lost
   * @param twice the share of requests that arrive twice
   */
  public record Weather(Duration slowest, double loss, double twice) {
    public static final Weather FINE = new Weather(Duration.ofMillis(20), 0, 0);
  }

  private record Way(String from, String to) {}

  private final Timeline timeline;
  private final Map<Way, Boolean> cut = new HashMap<>();
  private Weather weather = Weather.FINE;

  public Network(Timeline timeline) {
    this.timeline = timeline;
  }

  public void weather(Weather now) {
    weather = now;
  }

  /** Whether messages from here do not arrive there. */
  public void cut(String from, String to, boolean off) {
    cut.put(new Way(from, to), off);
  }

  /** Ends all cuts. */
  public void mend() {
    cut.clear();
  }

  /** Whether a message that is sent now arrives. */
  private boolean carries(String from, String to) {
    return !cut.getOrDefault(new Way(from, to), false) && !timeline.dice().chance(weather.loss());
  }

  private Duration delay() {
    return timeline.dice().skewed(Duration.ofMillis(1), weather.slowest());
  }

  /**
   * Calls, and waits for the answer; called by a fiber of the caller's process.
   *
   * @throws IOException when no answer comes in time; it may have been done all the same
   */
  public <T> T call(Place from, Place to, String what, Request<T> request, Duration patience)
      throws IOException {
    Life caller = from.life();
    if (caller == null) {
      throw new IllegalStateException(from.name() + " calls and does not live");
    }
    Promise<T> answer = new Promise<>(caller);
    Call<T> call = new Call<>(from, to, what, request, answer);
    send(call);
    if (timeline.dice().chance(weather.twice())) {
      send(call);
    }
    try {
      return answer.await(patience);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private record Call<T>(
      Place from, Place to, String what, Request<T> request, Promise<T> answer) {}

  private void send(Call<?> call) {
    if (carries(call.from().name(), call.to().name())) {
      timeline.in(delay(), timeline.nature(), () -> arrive(call));
    }
  }

  private <T> void arrive(Call<T> call) {
    Life callee = call.to().life();
    if (callee == null) {
      String silence = "nobody listens at " + call.to().name();
      back(call, () -> call.answer().fail(new IOException(silence)));
      return;
    }
    callee.start(
        call.what(),
        () -> {
          try {
            T value = call.request().serve();
            back(call, () -> call.answer().complete(value));
          } catch (IOException e) {
            back(call, () -> call.answer().fail(e));
          }
        });
  }

  private void back(Call<?> call, Runnable answer) {
    if (carries(call.to().name(), call.from().name())) {
      timeline.in(delay(), timeline.nature(), answer);
    }
  }
}
