package io.cloudtask.agent.packages;

import io.cloudtask.model.exchange.PackageRef;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/** Where packages come from. Thread-safe. */
interface PackageSource {
  /**
   * Copies at most {@code pack.size() + 1} bytes, so that one that is too long can be told.
   *
   * @throws IOException with one sentence for people when it can't be had
   */
  void fetch(PackageRef pack, OutputStream to) throws IOException, InterruptedException;

  /** Where else they are looked for; see {@link PackageCache#alsoFrom}. */
  void alsoFrom(Supplier<List<String>> centers);
}
