package io.cloudtask.benchmarks;

/** Measures one claim, with the limit that the machine sets to it. Ends by itself. */
public interface Benchmark {
  /** One word, by which it is asked for; its figures begin with it. */
  String name();

  /** For people: what is measured, against what. */
  String about();

  /**
   * Measures. What it starts it hands to {@link Bench#closing}, which ends it afterwards.
   *
   * @throws Exception when it can't be measured; the message is for people
   */
  void run(Bench bench) throws Exception;
}
