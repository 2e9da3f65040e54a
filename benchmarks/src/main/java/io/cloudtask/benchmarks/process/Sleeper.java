package io.cloudtask.benchmarks.process;

/** A virtual machine that does nothing: the least that one costs. */
public final class Sleeper {
  private Sleeper() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }
}
