package io.cloudtask.benchmarks.figure;

import java.time.Instant;
import java.util.List;

/**
 * What one call of the benchmarks found.
 *
 * @param quick whether it was a quick look: fewer samples, smaller sizes
 * @param missing what could not be measured, and why
 */
public record Results(
    Instant at,
    boolean quick,
    Machine machine,
    List<Figure> figures,
    List<Growth> growth,
    List<Missing> missing) {
  /** Something that could not be measured. */
  public record Missing(String name, String reason) {}

  public Results {
    figures = List.copyOf(figures);
    growth = List.copyOf(growth);
    missing = List.copyOf(missing);
  }
}
