package io.cloudtask.center.allocate;

/** By what a job that moves finds its agent ({@code scheduler.allocmode}). */
public enum Mode {
  /** By rendezvous hashing of its id, bounded by load: the same job finds the same agent again. */
  HASH,
  /**
   * By measured load: the runs that are going, and those that the jobs there are expected to add.
   */
  PREF
}
