package io.cloudtask.agent.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the agent must still know after a crash. Most of them are also facts to report.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Happened.class, name = "happened"),
  @JsonSubTypes.Type(value = Entry.Took.class, name = "took"),
  @JsonSubTypes.Type(value = Entry.Released.class, name = "released"),
  @JsonSubTypes.Type(value = Entry.Stopping.class, name = "stopping"),
  @JsonSubTypes.Type(value = Entry.Revised.class, name = "revised"),
  @JsonSubTypes.Type(value = Entry.Redone.class, name = "redone"),
  @JsonSubTypes.Type(value = Entry.Acked.class, name = "acked"),
  @JsonSubTypes.Type(value = Entry.Floor.class, name = "floor"),
  @JsonSubTypes.Type(value = Entry.Base.class, name = "base"),
  @JsonSubTypes.Type(value = Entry.Held.class, name = "held"),
  @JsonSubTypes.Type(value = Entry.Left.class, name = "left"),
  @JsonSubTypes.Type(value = Entry.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Entry.Unsent.class, name = "unsent"),
})
public sealed interface Entry {
  /** What a center must hear of it; null when it is the agent's own affair. */
  default @Nullable Fact fact() {
    return null;
  }

  /** A fact that is whole in itself: any but {@link Fact.Took}. */
  record Happened(Fact fact) implements Entry {}

  /**
   * A version of a job is in force.
   *
   * @param effective fire times after it follow this version
   * @param zone of the host, in which schedules without one are read
   */
  record Took(AssignedJob job, Instant effective, String zone) implements Entry {
    @Override
    public Fact fact() {
      return new Fact.Took(job.jobid(), job.span(), job.version(), effective, zone);
    }
  }

  /** A queued run has its turn: from now on it may have been started. */
  record Released(String runid) implements Entry {}

  /**
   * A run is being stopped.
   *
   * @param as the state in which it will end
   * @param reason for a person
   */
  record Stopping(String runid, RunState as, String reason) implements Entry {}

  /**
   * The whole job set of this revision has been taken.
   *
   * @param autonomy in seconds, as the set said
   */
  record Revised(long revision, long autonomy) implements Entry {}

  /** What may have been lost with the agent that owned a job before this span is made up for. */
  record Redone(String jobid, long span) implements Entry {}

  /** A center has committed all facts up to this sequence. */
  record Acked(long sequence) implements Entry {}

  /**
   * The journal was damaged: fire times up to {@code at} that it can't account for may have run.
   */
  record Floor(Instant at) implements Entry {}

  /** A checkpoint begins: what was folded before it is in it. */
  record Base(long sequence, long acked, long revision, long autonomy, @Nullable Instant floor)
      implements Entry {}

  /** A job that is held, in a checkpoint. */
  record Held(HeldJob job) implements Entry {}

  /**
   * A job that was held once, in a checkpoint.
   *
   * @param at until when it is settled here
   * @param span the last one that was given back, 0 when an older agent wrote this; it is never
   *     taken up again
   */
  record Left(String jobid, Instant at, long span) implements Entry {}

  /** A run without its end, in a checkpoint. */
  record Open(OpenRun run) implements Entry {}

  /** A fact that is not acknowledged, in a checkpoint. */
  record Unsent(long sequence, Fact fact) implements Entry {}

  /** Whether it belongs to a checkpoint and takes no sequence of its own. */
  default boolean carried() {
    return switch (this) {
      case Base _, Held _, Left _, Open _, Unsent _ -> true;
      case Happened _, Took _, Released _, Stopping _, Revised _, Redone _, Acked _, Floor _ ->
          false;
    };
  }
}
