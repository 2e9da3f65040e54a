package io.cloudtask.agent.presence;

import io.cloudtask.coordination.RevisionMark;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an agent comes to be registered, once for each session with the coordinator. It may only be
 * registered when it knows its newest job set: a leader that takes its jobs raises the mark first,
 * so who registers by a mark that still stands has missed nothing. To know the set is to hold the
 * revision that the mark names, or to have taken one that was asked for after the mark was read. A
 * plain object, without threads and without a clock; not thread-safe.
 */
public final class Registrar {
  /**
   * Where it is.
   *
   * <pre>
   *   DISCONNECTED ──▶ LOOKING ──▶ LEARNING ──▶ READY ──▶ REGISTERED
   *                       ▲            │          │            │
   *                       ├────────────┴──────────┴────────────┘  the set moved, or no answer came,
   *                       │                       ▼               or the session is over
   *                       └─────────────────── REFUSED            another session has the key
   * </pre>
   */
  public enum State {
    /** There is no session yet. */
    DISCONNECTED,
    /** The mark is to be read. */
    LOOKING,
    /** The set that belongs to the mark is to be learnt. */
    LEARNING,
    /** It may be registered by the mark. */
    READY,
    /** It is registered. */
    REGISTERED,
    /** Another session has the key; looked at again after a while. */
    REFUSED;

    /** The states that may follow this one: the whole transition table. */
    public Set<State> successors() {
      return switch (this) {
        case DISCONNECTED -> EnumSet.of(LOOKING);
        case LOOKING -> EnumSet.of(LEARNING);
        case LEARNING -> EnumSet.of(READY, LOOKING);
        case READY -> EnumSet.of(REGISTERED, LOOKING, REFUSED);
        case REGISTERED, REFUSED -> EnumSet.of(LOOKING);
      };
    }
  }

  private State state = State.DISCONNECTED;
  private @Nullable RevisionMark mark;
  private long askedBefore;

  public State state() {
    return state;
  }

  /** A session begins. */
  public void connected() {
    to(State.LOOKING);
  }

  /**
   * The mark was read.
   *
   * @param asked the number of the last request for the set that was sent before
   */
  public void looked(RevisionMark read, long asked) {
    mark = read;
    askedBefore = asked;
    to(State.LEARNING);
  }

  /**
   * Looks whether the set is known.
   *
   * @param held the revision of the newest set that was taken
   * @param learned the number of the last request whose answer was taken
   */
  public void knows(long held, long learned) {
    boolean current = mark != null && mark.revision() == held;
    if (state == State.LEARNING && (current || learned > askedBefore)) {
      to(State.READY);
    }
  }

  /** By which it is to be registered. */
  public RevisionMark mark() {
    if (mark == null || state != State.READY) {
      throw new IllegalStateException("not ready to be registered, but " + state);
    }
    return mark;
  }

  /** It is registered. */
  public void registered() {
    to(State.REGISTERED);
  }

  /** Another session has the key. */
  public void refused() {
    to(State.REFUSED);
  }

  /** Begins anew: the set has moved, no answer came, or the registration is over. */
  public void again() {
    to(State.LOOKING);
  }

  private void to(State next) {
    if (!state.successors().contains(next)) {
      throw new IllegalStateException(next + " does not follow " + state);
    }
    state = next;
  }
}
