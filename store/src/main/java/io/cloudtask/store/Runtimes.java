package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runtimes. */
public interface Runtimes {
  /** Makes a runtime; false, and nothing changed, when the name is taken. */
  boolean create(String name, String description, List<String> servers, Instant now);

  /** Replaces its description and hosts; false when there is none of that name. */
  boolean change(String name, String description, List<String> servers);

  Optional<RuntimeRow> find(String name);

  /** All, by name. */
  List<RuntimeRow> list();
}
