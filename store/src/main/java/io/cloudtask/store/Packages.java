package io.cloudtask.store;

import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.rest.PackageView;
import java.util.List;
import java.util.Optional;

/** The packages by name; their content is written and read with {@link PackageFiles}. */
public interface Packages {
  Optional<PackageView> find(String name);

  /** What an agent needs to fetch it. */
  Optional<PackageRef> ref(String name);

  /** All, newest first. */
  List<PackageView> list();
}
