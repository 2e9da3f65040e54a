package io.cloudtask.agent.center;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.Welcome;
import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Sees to it that a center knows this agent before anything else is said. Thread-safe; those who
 * call at once may introduce it several times, which does no harm.
 */
public final class Introduction {
  private static final System.Logger LOG = System.getLogger(Introduction.class.getName());

  private final Center center;
  private final Supplier<Hello> hello;
  private final LongConsumer applied;
  private volatile boolean made;
  private volatile String complaint = "";

  /**
   * @param hello made afresh for each attempt
   * @param applied told up to which sequence the center has committed this agent's facts
   */
  public Introduction(Center center, Supplier<Hello> hello, LongConsumer applied) {
    this.center = center;
    this.hello = hello;
    this.applied = applied;
  }

  /**
   * Introduces the agent if that is still to be done.
   *
   * @return whether the center knows it now; false when the center refuses it, which is logged once
   * @throws IOException when no center answers
   */
  public boolean make() throws IOException {
    if (made) {
      return true;
    }
    switch (center.hello(hello.get())) {
      case Answer.Done<Welcome>(Welcome welcome) -> {
        applied.accept(welcome.applied());
        made = true;
        complaint = "";
      }
      case Answer.Refused<Welcome> refused -> complain(refused);
      case Answer.Unchanged<Welcome> _ ->
          throw new IOException("the center welcomed without a word");
    }
    return made;
  }

  /** Whether it is made; does not wait for one that is being made. */
  public boolean made() {
    return made;
  }

  /** The center does not know this agent any more (it was restored, or another took its place). */
  public void forget() {
    made = false;
  }

  private void complain(Answer.Refused<Welcome> refused) {
    if (!refused.message().equals(complaint)) {
      complaint = refused.message();
      LOG.log(
          System.Logger.Level.ERROR,
          "The center refuses this agent: {0} ({1}). It keeps its reports, and goes on with the"
              + " jobs it holds while the coordinator confirms its lease.",
          refused.message(),
          refused.code().isEmpty() ? refused.status() : refused.code());
    }
  }
}
