package io.cloudtask.center.jobs;

/** A place in a text; line and column count from 1, and are 0 when unknown. */
record Place(int line, int column) {
  static final Place UNKNOWN = new Place(0, 0);
}
