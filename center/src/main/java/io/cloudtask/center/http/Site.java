package io.cloudtask.center.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files that anybody may read, beside the {@link Routes}: they are looked for where no route is.
 * Must be thread-safe.
 */
@FunctionalInterface
public interface Site {
  /** No files at all. */
  Site NONE = (path, headers) -> Optional.empty();

  /**
   * What a browser gets at an address.
   *
   * @param path decoded segments; one empty one for the root
   * @param headers of the request by name, the first value of each
   * @return empty when there is nothing
   */
  Optional<Reply> find(List<String> path, Function<String, Optional<String>> headers);
}
