package io.cloudtask.model.exchange;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on an agent and must reach the ledger once. {@code after} is the job's
 * cursor before it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fact.Took.class, name = "took"),
  @JsonSubTypes.Type(value = Fact.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = Fact.Granted.class, name = "granted"),
  @JsonSubTypes.Type(value = Fact.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Fact.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Fact.Gap.class, name = "gap"),
  @JsonSubTypes.Type(value = Fact.Fault.class, name = "fault"),
})
public sealed interface Fact {
  /** Which job it is about. */
  String jobid();

  /**
   * A version is in force: fire times after {@code effective} follow it.
   *
   * @param zone the zone of the host, in which schedules without one are read
   */
  record Took(String jobid, long span, long version, Instant effective, String zone)
      implements Fact {}

  /** The job left this agent, or was removed; fire times up to {@code at} are settled here. */
  record Dropped(String jobid, long span, Instant at) implements Fact {}

  /**
   * A run exists from now on, and no other will for its fire time.
   *
   * @param fireat null for a manual run
   * @param grantedat wall clock of the agent
   * @param queued true when it waits for its turn; a {@link Started} or {@link Ended} follows in
   *     any case
   * @param after the cursor of the job before this fire time; null for a manual run
   */
  record Granted(
      String jobid,
      String runid,
      long version,
      @Nullable Instant fireat,
      Instant grantedat,
      int attempt,
      Trigger trigger,
      boolean queued,
      @Nullable Instant after)
      implements Fact {}

  /** The process of a run lives. */
  record Started(String jobid, String runid, Instant startedat, long pid) implements Fact {}

  /**
   * The one terminal fact of a run.
   *
   * @param state a terminal one
   * @param exitcode when it exited by itself
   * @param signal when a signal ended it
   * @param endedat as exactly as it could be learnt
   * @param reason "" for success, else for a person
   */
  record Ended(
      String jobid,
      String runid,
      RunState state,
      @Nullable Integer exitcode,
      @Nullable Integer signal,
      Instant endedat,
      String reason)
      implements Fact {}

  /**
   * Due instants that have no run.
   *
   * @param first the first of them
   * @param last the last of them
   * @param count how many, at least 1; all due instants of {@code version} in [first, last]
   * @param after the cursor of the job before {@code first}
   */
  record Gap(
      String jobid,
      long version,
      Instant first,
      Instant last,
      long count,
      GapReason reason,
      Instant after)
      implements Fact {}

  /** The job can't run here, and why; "" when it can again. */
  record Fault(String jobid, long version, String reason) implements Fact {}
}
