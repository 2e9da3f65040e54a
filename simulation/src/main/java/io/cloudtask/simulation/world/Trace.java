package io.cloudtask.simulation.world;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what happens, when somebody listens; costs next to nothing when nobody does. */
public final class Trace {
  private final @Nullable Consumer<String> listener;
  private @Nullable Timeline timeline;

  /** Tells a listener, line by line; null: nobody. */
  public Trace(@Nullable Consumer<String> listener) {
    this.listener = listener;
  }

  /** Lines begin with the time of this timeline. */
  public void follow(Timeline times) {
    timeline = times;
  }

  /** Whether anybody listens; asked where a line is costly to make. */
  public boolean heard() {
    return listener != null;
  }

  /**
   * One line.
   *
   * @param words a pattern of {@link String#format}
   */
  public void say(String who, String words, @Nullable Object... arguments) {
    if (listener != null) {
      double seconds = timeline == null ? 0 : timeline.now() / 1e9;
      String line = String.format(Locale.ROOT, words, arguments);
      listener.accept(String.format(Locale.ROOT, "%9.3f  %-10s %s", seconds, who, line));
    }
  }
}
