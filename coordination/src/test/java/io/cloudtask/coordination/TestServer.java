package io.cloudtask.coordination;

/** A server to hold a contract against, with the faults that both kinds know. */
interface TestServer extends AutoCloseable {
  Coordinator connect();

  /** Ends the session of a coordinator as its timeout would. */
  void expire(Coordinator coordinator);

  void stop();

  void start();

  @Override
  void close();
}
