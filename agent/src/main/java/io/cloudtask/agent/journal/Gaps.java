package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Fact;

/** How gaps of one job grow together. */
public final class Gaps {
  private Gaps() {}

  /** Whether no due instant lies between them, and they say the same. */
  public static boolean touch(Fact.Gap before, Fact.Gap gap) {
    return before.jobid().equals(gap.jobid())
        && before.version() == gap.version()
        && before.reason() == gap.reason()
        && before.last().equals(gap.after());
  }

  /** One gap for two that touch. */
  public static Fact.Gap join(Fact.Gap before, Fact.Gap gap) {
    return new Fact.Gap(
        gap.jobid(),
        gap.version(),
        before.first(),
        gap.last(),
        before.count() + gap.count(),
        gap.reason(),
        before.after());
  }
}
