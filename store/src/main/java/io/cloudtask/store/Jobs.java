package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs, and every version that they had. A definition in the store that can't be read throws
 * {@link StoreException} naming the job.
 */
public interface Jobs {
  /** The outcome of {@link #create} and {@link #change}. */
  sealed interface Written {
    /** It is done. {@code job.agentkey()} is the agent whose job set has a new revision. */
    record Done(JobRow job) implements Written {}

    /** Another job of that runtime and group has the name. */
    record NameTaken(String jobid) implements Written {}

    /** Somebody changed the job in between. */
    record Stale(long version) implements Written {}

    /** There is no such job. */
    record UnknownJob() implements Written {}

    /** There is no such runtime. */
    record UnknownRuntime() implements Written {}
  }

  /** A package that a version of a job named, and when first. */
  record JobFile(String name, Instant createat) {}

  /** Where a job is, or was when it was deleted. */
  record Place(String runtime, String group) {
    /** Of a job that the store does not know: seen only by those who see everything. */
    public static final Place NOWHERE = new Place("", "");
  }

  /** Makes a job, version 1, held by nobody yet. */
  Written create(String jobid, JobDefinition definition, String user, Instant now);

  /**
   * Makes the next version and raises the revision of the agent that holds the job. It does not
   * look whether anything differs.
   *
   * @param version the one that the change is based on
   */
  Written change(String jobid, long version, JobDefinition definition, String user, Instant now);

  /**
   * Removes a job: its assignment is closed, its agent's revision raised, its name free. Its runs,
   * gaps and versions stay until they are too old.
   *
   * @return the job as it was, {@code agentkey} being the agent to tell; empty when there is none
   */
  Optional<JobRow> delete(String jobid, String user, Instant now);

  Optional<JobRow> find(String jobid);

  /**
   * A job that nobody else changes, gives to an agent or takes from one before this (writing)
   * transaction ends: for who looks at it and decides by what is seen.
   */
  Optional<JobRow> lock(String jobid);

  Optional<JobRow> find(String runtime, String group, String name);

  /** Where a job is, also of a deleted one. */
  Optional<Place> place(String jobid);

  /** Every job of that name in sight, whatever its runtime and group; 100 at the most. */
  List<JobRow> named(Scope scope, String name);

  /** In the order of runtime, group and name. */
  Page<JobRow> list(JobQuery query);

  /** How many jobs in sight a runtime has; null: all runtimes. */
  long count(Scope scope, @Nullable String runtime);

  /** All versions, oldest first; also of a deleted job. */
  List<VersionRow> versions(String jobid);

  Optional<VersionRow> version(String jobid, long version);

  /** The version that was the newest at an instant; empty before the job existed. */
  Optional<VersionRow> versionAt(String jobid, Instant at);

  /** Packages named by its versions, newest first. */
  List<JobFile> files(String jobid);

  /** All jobs, as placing needs them, by id. */
  List<Placeable> placeable();

  /** Says when a job is due next; for display only. */
  void next(String jobid, @Nullable Instant at);

  /** Says why nobody can take a job; "" when that is over. */
  void unplaced(String jobid, String reason);

  /** The same for many jobs in one go: by job, why nobody can take it. */
  void unplaced(Map<String, String> reasons);

  /**
   * Says that everything up to an instant is answered while nobody holds the job (the center
   * recorded it with {@link Ledger#record}, or nothing was due); the next assignment begins there.
   * Never goes back; changes nothing while an agent holds the job.
   */
  void fence(String jobid, Instant at);
}
