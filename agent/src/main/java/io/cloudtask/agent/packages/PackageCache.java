package io.cloudtask.agent.packages;

import io.cloudtask.model.exchange.PackageRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work directories of the jobs that an agent holds. Thread-safe. */
public interface PackageCache {
  /**
   * Makes the work directory of a job hold exactly the content that is wanted; blocks while it
   * fetches. What is there already and unchanged is not touched.
   *
   * @param jobId 24 hexadecimal digits
   * @param filename of the package; "" asks for a directory without one
   * @param pack the content that the job's definition means; null when the center knows no package
   *     of this name
   */
  Prepared prepare(String jobId, String filename, @Nullable PackageRef pack);

  /**
   * Says where packages may be had when the console does not have or give them; to be called before
   * the first is prepared.
   *
   * @param centers base URLs, in the order in which they are to be asked
   */
  default void alsoFrom(Supplier<List<String>> centers) {}

  /**
   * Removes the work directories of all jobs but these, and what fetches of old have left behind.
   * Never throws; what can't be removed is logged and tried again with the next call.
   */
  void clean(Set<String> heldJobs);

  /** What came of it. */
  sealed interface Prepared {
    /** The job can be started here. */
    record Ready(Path workDirectory) implements Prepared {}

    /**
     * It can't, at the moment.
     *
     * @param reason one sentence for people
     */
    record Unavailable(String reason) implements Prepared {}
  }
}
