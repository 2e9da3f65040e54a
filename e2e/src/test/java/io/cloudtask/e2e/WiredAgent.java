package io.cloudtask.e2e;

import java.nio.file.Path;
import java.util.List;

/**
 * An agent, and all ways that lead away from it.
 *
 * @param coordinator one wire for each server of the ensemble
 */
record WiredAgent(Part part, List<Wire> coordinator, HttpWire centers) {
  void cutFromCoordinator() {
    coordinator.forEach(Wire::cut);
  }

  void cutFromCenters() {
    centers.cut();
  }

  void mend() {
    coordinator.forEach(Wire::mend);
    centers.mend();
  }

  /** Whether it is the one that started something. */
  boolean started(Witness.Start start) {
    Path directory = part.directory();
    return start.directory().startsWith(directory);
  }
}
