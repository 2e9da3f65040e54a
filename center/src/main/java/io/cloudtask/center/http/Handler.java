package io.cloudtask.center.http;

/** Serves one route. Must be thread-safe. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a call that may be served.
   *
   * @throws Exception a fault: the caller gets 500 with an id, the log gets the id and the fault
   */
  Reply handle(Call call) throws Exception;
}
