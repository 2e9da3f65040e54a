package io.cloudtask.store;

import java.nio.file.Path;
import java.time.Clock;

/** Opens the store that a contract is held against. */
interface Opener {
  /**
   * A store that keeps everything under a folder; the same folder gives the same store again.
   *
   * @param clock taken for that of the database
   */
  Store open(Path folder, Clock clock);
}
