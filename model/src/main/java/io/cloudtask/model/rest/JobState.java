package io.cloudtask.model.rest;

/** How a job is doing, in one word: the first of these that holds. */
public enum JobState {
  /** A run is going. */
  RUNNING,
  /** Somebody switched it off. */
  DISABLED,
  /** Nobody can take it. */
  UNPLACED,
  /** Its last run failed, or its agent says that it can't run there. */
  FAILED,
  /** It has not run yet. */
  CREATED,
  /** Its last run went well. */
  IDLE
}
