package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import java.util.function.Consumer;

/** Which facts of a frame must be reported. */
public final class Outbox {
  private Outbox() {}

  /** Passes on the facts after a sequence, in order. */
  public static void after(long sequence, Frame frame, Consumer<Report> sink) {
    long next = frame.first();
    for (Entry entry : frame.entries()) {
      long own = entry instanceof Entry.Unsent unsent ? unsent.sequence() : next;
      Fact fact = entry.fact();
      if (fact != null && own > sequence) {
        sink.accept(new Report(own, fact));
      }
      if (!entry.carried()) {
        next++;
      }
    }
  }
}
