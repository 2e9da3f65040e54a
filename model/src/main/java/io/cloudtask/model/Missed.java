package io.cloudtask.model;

/**
 * What happens with due instants that nobody could start on time (nothing ran, the host was down).
 */
public enum Missed {
  /** They are recorded and not run. The default. */
  SKIP,
  /** The newest one within {@code startdeadline} is run, the others are recorded. */
  LAST,
  /**
   * The newest {@link #ALL_LIMIT} within {@code startdeadline} are run in order, the others are
   * recorded.
   */
  ALL;

  /** How many missed instants {@link #ALL} runs at the most after one outage. */
  public static final int ALL_LIMIT = 100;
}
