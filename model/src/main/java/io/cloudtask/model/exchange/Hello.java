package io.cloudtask.model.exchange;

import io.cloudtask.model.wire.Node;
import org.jspecify.annotations.Nullable;

/**
 * The first call of an agent process to a center.
 *
 * @param incarnation drawn at every process start
 * @param sequence the last one in its journal, 0 for a new one; a center that has applied a later
 *     one refuses it
 * @param clock the agent's wall clock, unix milliseconds
 * @param version of the agent's program; null: not said
 */
public record Hello(
    String incarnation, long sequence, long clock, Node node, @Nullable String version) {
  /** Of a program that does not say its version. */
  public Hello(String incarnation, long sequence, long clock, Node node) {
    this(incarnation, sequence, clock, node, null);
  }
}
