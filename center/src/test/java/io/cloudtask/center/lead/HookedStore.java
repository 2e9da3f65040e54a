package io.cloudtask.center.lead;

import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store whose user is held up before a writing transaction, while a test does something. */
final class HookedStore implements Store {
  private final Store store;
  private Runnable hook = () -> {};
  private int pass;

  HookedStore(Store store) {
    this.store = store;
  }

  /**
   * Runs once, before a writing transaction begins.
   *
   * @param passing how many may begin before
   */
  void beforeWrite(int passing, Runnable what) {
    pass = passing;
    hook = what;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Tx, T> work) {
    return store.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Tx, T> work) {
    if (pass-- == 0) {
      Runnable now = hook;
      hook = () -> {};
      now.run();
    }
    return store.write(work);
  }

  @Override
  public void close() {
    store.close();
  }
}
