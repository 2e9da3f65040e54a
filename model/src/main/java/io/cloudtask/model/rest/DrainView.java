package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What draining an agent moves, or would move.
 *
 * @param preview whether nothing was changed
 */
public record DrainView(String key, String hostname, boolean preview, List<Move> moves) {
  public DrainView {
    moves = List.copyOf(moves);
  }

  /**
   * A job that leaves the agent.
   *
   * @param to key of the agent that takes it; null when nobody can
   * @param hostname of {@code to}; "" when nobody can
   * @param reason why nobody can, or when it moves ("after the run that is going"); ""
   */
  public record Move(
      String jobid, String name, @Nullable String to, String hostname, String reason) {}
}
