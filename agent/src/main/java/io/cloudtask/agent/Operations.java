package io.cloudtask.agent;

import io.cloudtask.agent.http.AgentOperations;
import io.cloudtask.agent.intake.Intake;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputSlice;
import io.cloudtask.agent.run.Execution;
import io.cloudtask.agent.run.RunFiles;
import io.cloudtask.agent.timetable.Reply;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an agent from outside. */
final class Operations implements AgentOperations {
  private final Presence presence;
  private final Execution execution;
  private final RunFiles files;
  private final Intake intake;
  private final Clock clock;

  Operations(Presence presence, Execution execution, RunFiles files, Intake intake, Clock clock) {
    this.presence = presence;
    this.execution = execution;
    this.files = files;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public Node node() {
    return presence.node();
  }

  @Override
  public long revision() {
    return execution.revision();
  }

  @Override
  public List<JobBase> jobs() {
    return execution.jobs().values().stream().map(Operations::shown).toList();
  }

  @Override
  public int jobCount() {
    return execution.jobs().size();
  }

  @Override
  public Optional<JobBase> job(String jobId) {
    return Optional.ofNullable(execution.jobs().get(jobId)).map(Operations::shown);
  }

  private static JobBase shown(AssignedJob job) {
    return JobBase.of(job.jobid(), job.version(), job.definition());
  }

  @Override
  public Outcome start(String jobId, @Nullable String runId) {
    Instant now = clock.instant();
    String id = runId == null ? Ids.manualRunId(jobId, UUID.randomUUID().toString(), now) : runId;
    return outcome(execution.start(jobId, id));
  }

  @Override
  public Outcome stop(String jobId, @Nullable String runId) {
    return outcome(execution.stop(jobId, runId));
  }

  private static Outcome outcome(Reply reply) {
    return switch (reply) {
      case Reply.Accepted _ -> new Outcome.Accepted();
      case Reply.Going(String runid) -> new Outcome.Going(runid);
      case Reply.UnknownJob _ -> new Outcome.UnknownJob();
      case Reply.Refused refused -> new Outcome.Refused(refused.code(), refused.message());
    };
  }

  @Override
  public void nudge() {
    intake.nudge();
  }

  @Override
  public Output output(String runId, String stream, long from, int max) {
    // Asked before the file is read: a run that ends in between may have written more until then.
    boolean going = execution.isGoing(runId);
    if (!going && !files.has(runId)) {
      return new Output.UnknownRun();
    }
    try {
      OutputSlice slice = files.read(runId, stream, from, max);
      boolean end = !going && slice.next() >= slice.size();
      return new Output.Chunk(
          slice.data(), slice.next(), end, slice.cut().from(), slice.cut().to());
    } catch (IOException e) {
      return new Output.Unreadable(
          stream + " of run " + runId + " can't be read: " + e.getMessage());
    }
  }
}
