package io.cloudtask.store;

import java.nio.file.Path;

interface OnSqlite extends Opener {
  @Override
  default Store open(Path folder) {
    return Store.open(folder.resolve("cloudtask.db"));
  }
}
