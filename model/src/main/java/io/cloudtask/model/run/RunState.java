package io.cloudtask.model.run;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a run.
 *
 * <pre>
 *   QUEUED ──▶ STARTING ──▶ RUNNING ──▶ SUCCEEDED | FAILED | TIMED_OUT | STOPPED | LOST
 *     │            │
 *     ▼            ▼
 *  CANCELLED    FAILED | STOPPED | LOST
 * </pre>
 *
 * A terminal state is final: exactly one terminal record per run reaches the store.
 */
public enum RunState {
  /** Waits for its turn (overlap policy queue or replace). */
  QUEUED,
  /** Journalled, and so promised never to start again; its process is being made. */
  STARTING,
  /** Its process lives. */
  RUNNING,
  /** Exit code 0. */
  SUCCEEDED,
  /** Another exit code, a signal from elsewhere, or it could not be started. */
  FAILED,
  /** Killed by its timeout. */
  TIMED_OUT,
  /** Stopped because somebody, or the overlap policy replace, said so. */
  STOPPED,
  /** Its end could not be learnt: the host went down, or agent and process died together. */
  LOST,
  /** Left the queue without a start. */
  CANCELLED;

  private static final Set<RunState> TERMINAL =
      EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, STOPPED, LOST, CANCELLED);

  /** Whether nothing follows. */
  public boolean terminal() {
    return TERMINAL.contains(this);
  }

  /** The states that may follow this one: the whole transition table. */
  public Set<RunState> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(STARTING, CANCELLED);
      case STARTING -> EnumSet.of(RUNNING, SUCCEEDED, FAILED, TIMED_OUT, STOPPED, LOST);
      case RUNNING -> EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, STOPPED, LOST);
      case SUCCEEDED, FAILED, TIMED_OUT, STOPPED, LOST, CANCELLED -> EnumSet.noneOf(RunState.class);
    };
  }
}
