package io.cloudtask.store;

import java.nio.file.Path;
import java.time.Clock;

interface OnSqlite extends Opener {
  @Override
  default Store open(Path folder, Clock clock) {
    return Store.open(folder.resolve("cloudtask.db"), clock);
  }
}
