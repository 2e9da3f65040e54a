package io.cloudtask.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What the repositories of one transaction share. A revision that has been raised in it is not
 * raised again: nobody can have seen the one in between.
 */
final class Session {
  private final Handle handle;
  private final Dialect dialect;
  private final Set<String> raisedAgents = new HashSet<>();
  private final Set<String> raisedRuntimes = new TreeSet<>();

  /**
   * What databases do not have in common.
   *
   * @param lock what follows a SELECT to keep others from changing its rows until the end of the
   *     transaction; "" where writers take turns anyway
   * @param clock the time of the database
   * @param size a query for the bytes that the database takes on its disk
   */
  record Dialect(String lock, Function<Handle, Instant> clock, String size) {}

  Session(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  Handle handle() {
    return handle;
  }

  /** Now, by the clock of the database, to the millisecond. */
  Instant now() {
    return dialect.clock.apply(handle);
  }

  /** How many bytes the database takes on its disk. */
  long bytes() {
    return handle.select(dialect.size).mapTo(Long.class).one();
  }

  /** A query whose rows stay as they are until this transaction ends. */
  String locked(String select) {
    return select + dialect.lock;
  }

  /**
   * Keeps others from changing jobs, and from giving them to agents or taking them, until this
   * transaction ends. What is read of them afterwards is what they are.
   */
  void lockJobs(Collection<String> jobids) {
    if (dialect.lock.isEmpty()) {
      return;
    }
    for (List<String> some : Columns.slices(jobids.stream().sorted().toList())) {
      List<String> ids = Columns.padded(some);
      String sql = "SELECT 1 FROM job_state WHERE jobid IN (%s) ORDER BY jobid";
      try (PreparedStatement lock =
          handle
              .getConnection()
              .prepareStatement(locked(sql.formatted(Columns.marks(ids.size()))))) {
        for (int i = 0; i < ids.size(); i++) {
          lock.setString(i + 1, ids.get(i));
        }
        lock.execute();
      } catch (SQLException e) {
        throw Columns.failed("%d jobs can't be locked".formatted(some.size()), e);
      }
    }
  }

  /** Notes that the job set of an agent changed; its row is locked from then on. */
  void raiseAgent(String key) {
    if (raisedAgents.add(key)) {
      handle.execute("UPDATE agent SET revision = revision + 1 WHERE agentkey = ?", key);
    }
  }

  /** Makes the revision of an agent's job set no less than a number; its row is locked then. */
  void raiseAgent(String key, long atLeast) {
    handle.execute(
        "UPDATE agent SET revision = ? WHERE agentkey = ? AND revision < ?", atLeast, key, atLeast);
  }

  /** Notes that the assignment table of a runtime changed. */
  void raiseRuntime(String name) {
    raisedRuntimes.add(name);
  }

  /**
   * Writes what is written once per transaction. Runtimes are locked last of all, because many
   * transactions change the same few.
   */
  void finish() {
    raisedRuntimes.forEach(
        name -> handle.execute("UPDATE runtime SET revision = revision + 1 WHERE name = ?", name));
  }
}
