package io.cloudtask.agent;

import io.cloudtask.agent.http.AgentOperations;
import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is about to start. Its API has to listen first, because the agent signs in with the
 * port that it listens at; a request that comes in between waits.
 */
final class LateOperations implements AgentOperations {
  private final CompletableFuture<AgentOperations> agent = new CompletableFuture<>();

  void started(AgentOperations operations) {
    agent.complete(operations);
  }

  @Override
  public Node node() {
    return agent.join().node();
  }

  @Override
  public long revision() {
    return agent.join().revision();
  }

  @Override
  public List<JobBase> jobs() {
    return agent.join().jobs();
  }

  @Override
  public int jobCount() {
    return agent.join().jobCount();
  }

  @Override
  public Optional<JobBase> job(String jobId) {
    return agent.join().job(jobId);
  }

  @Override
  public Outcome start(String jobId, @Nullable String runId) {
    return agent.join().start(jobId, runId);
  }

  @Override
  public Outcome stop(String jobId, @Nullable String runId) {
    return agent.join().stop(jobId, runId);
  }

  @Override
  public void nudge() {
    agent.join().nudge();
  }

  @Override
  public Output output(String runId, String stream, long from, int max) {
    return agent.join().output(runId, stream, from, max);
  }
}
