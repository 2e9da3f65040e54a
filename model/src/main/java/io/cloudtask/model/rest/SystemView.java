package io.cloudtask.model.rest;

import java.util.List;

/**
 * The state of the system, without secrets.
 *
 * @param health of what this center needs
 */
public record SystemView(
    String version,
    List<Setting> settings,
    List<Health> health,
    List<CenterView> centers,
    Storage storage) {
  /** A setting that is in force. */
  public record Setting(String name, String value) {}

  /**
   * One part.
   *
   * @param detail what is wrong, or how quickly it answered
   */
  public record Health(String name, boolean healthy, String detail) {}

  /**
   * How much is stored.
   *
   * @param bytes of the whole store
   */
  public record Storage(long bytes, long runs, long jobs, long packagebytes) {}
}
