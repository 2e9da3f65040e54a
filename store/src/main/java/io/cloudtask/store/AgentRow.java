package io.cloudtask.store;

import io.cloudtask.model.wire.Node;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent.
 *
 * @param runtime that it joined ({@code node.location})
 * @param incarnation of the process that said hello last
 * @param applied last sequence of its journal that is committed here
 * @param revision of its job set, as planned
 * @param acknowledged the revision it last said it holds
 * @param online whether the coordinator saw it last
 * @param seen when it last spoke to a center
 * @param capacity how many jobs it takes at the most
 */
public record AgentRow(
    String key,
    String runtime,
    Node node,
    String incarnation,
    long applied,
    long revision,
    long acknowledged,
    boolean online,
    Instant seen,
    int capacity,
    Standing standing) {
  /**
   * What the cluster thinks of it.
   *
   * @param draining it is to give its jobs back and gets no new ones
   * @param retired an operator said that it will not come back
   * @param fenced since when it counts as dead; null when it does not
   * @param leaseuntil nobody takes its jobs before; by the clock of the database
   * @param skew how far its clock is ahead of the database's, in milliseconds
   * @param fit whether that is little enough; when not, it starts nothing
   */
  public record Standing(
      boolean draining,
      boolean retired,
      @Nullable Instant fenced,
      Instant leaseuntil,
      long skew,
      boolean fit) {
    /** As an agent begins. */
    public static final Standing NEW = new Standing(false, false, null, Instant.EPOCH, 0, true);
  }
}
