package io.cloudtask.model.exchange;

import java.util.List;

/**
 * The answer to a {@link ClaimRequest}.
 *
 * @param granted in the order of the claims; who asks again for what it was granted is granted it
 *     again
 */
public record ClaimAnswer(List<Boolean> granted) {
  public ClaimAnswer {
    granted = List.copyOf(granted);
  }
}
