package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runtimes. */
public interface Runtimes {
  /** The outcome of {@link #remove}. */
  sealed interface Removal {
    /** It is gone; its name is free. */
    record Done() implements Removal {}

    /** Somebody is still in it; nothing changed. */
    record NotEmpty(long jobs, long online) implements Removal {}

    /** There is none of that name. */
    record Unknown() implements Removal {}
  }

  /** Makes a runtime without autonomy; false, and nothing changed, when the name is taken. */
  boolean create(String name, String description, List<String> servers, Instant now);

  /**
   * Replaces its description, hosts and autonomy; false when there is none of that name. Other
   * hosts or another autonomy are told to the agents: their sets have new revisions.
   *
   * @param autonomy whole seconds, 0 or more
   */
  boolean change(String name, String description, List<String> servers, Duration autonomy);

  /** Removes a runtime that has no job and no agent that is online. */
  Removal remove(String name, Instant now);

  Optional<RuntimeRow> find(String name);

  /** All, by name. */
  List<RuntimeRow> list();

  /**
   * A number that grows with every job that is made, changed or removed in any runtime, and with
   * every assignment that is made, asked back or ended.
   */
  long changes();
}
