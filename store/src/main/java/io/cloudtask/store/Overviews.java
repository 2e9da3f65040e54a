package io.cloudtask.store;

import io.cloudtask.model.rest.LastRun;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.TreeView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people look at: many jobs and runs at once. Nothing here changes anything. */
public interface Overviews {
  /** How many runs of a state there are in a bucket, the first bucket being 0. */
  record RunCount(int bucket, RunState state, long runs) {}

  /** Due instants of a job without a run. */
  record Gap(GapRow row, String jobname) {}

  /** A job, who holds it, and since when; nulls while nobody does. */
  record Held(
      String jobid,
      String name,
      String group,
      @Nullable String agentkey,
      @Nullable Instant since,
      String unplaced) {}

  /** A job, by what its next fire time depends on. */
  record Enabled(String jobid, long version) {}

  /** Something that was found by a text: a word for its kind, its id, its name and where it is. */
  record Hit(String kind, String id, String name, String where) {}

  /**
   * How much there is.
   *
   * @param packagebytes of all contents of packages
   */
  record Sizes(long bytes, long runs, long jobs, long packagebytes) {}

  /** Numbers that are different as soon as something of their topic is. */
  record Marks(long jobs, long reported, long agents, long packages, String audit) {}

  /** Jobs, as searched. */
  JobList jobs(JobSearch search);

  /** Jobs by id, in the order of the ids; those that are not there are left out. */
  List<JobList.Entry> jobs(List<String> jobids);

  /** The ids of all jobs that a filter finds, in the order of place. */
  List<String> ids(JobSearch.Filter filter);

  /** Those that are switched on, whoever may see them. */
  List<Enabled> enabled();

  /** The newest runs of jobs, oldest first; jobs without any are left out. */
  Map<String, List<LastRun>> lastRuns(Collection<String> jobids, int each);

  /** Runtimes in sight with their groups, by name; those without jobs too. */
  List<TreeView> tree(Scope scope);

  /**
   * How many runs of which state fall into buckets, by fire time.
   *
   * @param first begin of the first bucket
   * @param end of the last one, itself not included
   * @param width of a bucket, in whole milliseconds
   */
  List<RunCount> histogram(RunSearch.About about, Instant first, Instant end, Duration width);

  /** Gaps that reach into [from, to], newest first. */
  List<Gap> gaps(RunSearch.About about, Instant from, Instant to, int limit);

  /** Gaps of these reasons that reach into [from, now), newest first. */
  List<Gap> gaps(Scope scope, Collection<GapReason> reasons, Instant from, int limit);

  /**
   * The newest runs that started late.
   *
   * @param from the first fire time
   */
  List<RunView> late(Scope scope, Instant from, Duration late, int limit);

  /** The jobs of a runtime in sight with their holders, by group and name. */
  List<Held> assignments(Scope scope, String runtime);

  /**
   * What a text is in the name or at the beginning of the id of, as far as it is in sight; so many
   * of each kind.
   */
  List<Hit> search(Scope scope, String text, int each);

  Sizes sizes();

  Marks marks();
}
