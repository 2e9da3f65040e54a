package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Network;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.WallClock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host with a center. */
public final class CenterHost implements Network.Place {
  /** What is asked of a center. */
  interface Call<T> {
    T on(Center center) throws Exception;
  }

  private final Cluster cluster;
  private final Timeline timeline;
  private final int number;
  private final WallClock clock;
  private @Nullable Center center;

  CenterHost(Cluster cluster, int number) {
    this.cluster = cluster;
    this.timeline = cluster.timeline();
    this.number = number;
    Duration most = Duration.ofMillis(500);
    this.clock = new WallClock(timeline, timeline.dice().between(most.negated(), most));
  }

  @Override
  public String name() {
    return "center-" + number;
  }

  /** Its key, the same for all its lives. */
  String key() {
    return String.format(Locale.ROOT, "00000000-0000-4000-9000-%012x", number);
  }

  @Override
  public @Nullable Life life() {
    return center == null ? null : center.life();
  }

  /** The center that runs here; null when none does. */
  @Nullable Center center() {
    return center;
  }

  Cluster cluster() {
    return cluster;
  }

  WallClock clock() {
    return clock;
  }

  /** Starts its center, unless that runs. */
  public void start() {
    if (center == null) {
      timeline.trace().say(name(), "starts");
      center = new Center(this, new Life(timeline, name()));
      center.begin();
    }
  }

  /** Ends its center at once. */
  public void crash() {
    timeline.trace().say(name(), "CRASHES");
    Center ended = center;
    center = null;
    if (ended != null) {
      ended.life().end();
    }
  }

  /** Freezes its center. */
  public void freeze(Duration time) {
    if (center != null) {
      timeline.trace().say(name(), "FROZEN for %s", time);
      center.life().freeze(time);
    }
  }
}
