package io.cloudtask.store;

import java.nio.file.Path;

/** Opens the store that a contract is held against. */
interface Opener {
  /** A store that keeps everything under a folder; the same folder gives the same store again. */
  Store open(Path folder);
}
