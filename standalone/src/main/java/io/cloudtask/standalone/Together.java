package io.cloudtask.standalone;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that starts beside other things. */
final class Together<T> {
  /** What starts. */
  interface Start<T> {
    T run() throws Exception;
  }

  private final String name;
  private final FutureTask<T> task;

  private Together(String name, FutureTask<T> task) {
    this.name = name;
    this.task = task;
  }

  /** Begins at once, on a thread of its own. */
  static <T> Together<T> begin(String name, Start<T> start) {
    FutureTask<T> task = new FutureTask<>(start::run);
    Thread.ofPlatform().daemon().name("start-" + name).start(task);
    return new Together<>(name, task);
  }

  /**
   * Waits for it.
   *
   * @throws StartException when it failed; says why
   */
  T join() throws StartException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable fault = e.getCause() == null ? e : e.getCause();
      if (fault instanceof StartException refused) {
        throw refused;
      }
      throw new StartException(name + " did not start: " + reason(fault), fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while " + name + " started", e);
    }
  }

  /** A fault without a message is told by its name. */
  private static String reason(Throwable fault) {
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }
}
