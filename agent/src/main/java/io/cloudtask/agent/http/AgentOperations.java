package io.cloudtask.agent.http;

import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the HTTP API needs of the agent. Thread-safe; ids given to it have the form of ids. */
public interface AgentOperations {
  /** How this agent is signed in, as of its last heartbeat. */
  Node node();

  /** The revision of the job set that is in force; 0 before the first. */
  long revision();

  /** All jobs held, in an order that stays while the set stays. */
  List<JobBase> jobs();

  /** How many these are. */
  int jobCount();

  /** One of them. */
  Optional<JobBase> job(String jobId);

  /**
   * Starts a run by hand. While one runs nothing changes, and that one is named.
   *
   * @param runId the id that the run gets, so that a repeated request starts nothing twice; null: a
   *     new one
   */
  Outcome start(String jobId, @Nullable String runId);

  /**
   * Stops what runs of the job. When nothing runs it is accepted and the job's state is reported
   * afresh.
   *
   * @param runId the one run to stop; null: all
   */
  Outcome stop(String jobId, @Nullable String runId);

  /** Asks for the job set at once. Returns before it is there. */
  void nudge();

  /**
   * Reads what a run has written so far.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @param from offset in the stream as written, from 0
   * @param max bytes, at least 1; fewer may come
   */
  Output output(String runId, String stream, long from, int max);

  /** The answer to start and stop. */
  sealed interface Outcome {
    /** It will be done. */
    record Accepted() implements Outcome {}

    /**
     * No second run is started while one of the job is not over.
     *
     * @param runid the one that is not
     */
    record Going(String runid) implements Outcome {}

    /** No job of this id is held here. */
    record UnknownJob() implements Outcome {}

    /**
     * It can't be done.
     *
     * @param code a stable word for programs, such as {@code package-missing}
     * @param message one sentence for people
     */
    record Refused(String code, String message) implements Outcome {}
  }

  /** The answer to a read of a run's output. */
  sealed interface Output {
    /**
     * Some bytes.
     *
     * @param data may be empty
     * @param next the offset to ask for next
     * @param end true: the run is over and nothing follows
     * @param cutFrom with {@code cutTo}: bytes in [cutFrom, cutTo) were dropped; equal when none
     *     were
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk(byte[] data, long next, boolean end, long cutFrom, long cutTo) implements Output {}

    /** No run of this id is known here. */
    record UnknownRun() implements Output {}

    /**
     * It is there but can't be read.
     *
     * @param reason one sentence for people
     */
    record Unreadable(String reason) implements Output {}
  }
}
