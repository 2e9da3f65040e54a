package io.cloudtask.agent.http;

import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Holds jobs, runs nothing, and remembers what it was asked to do. */
final class FakeAgent implements AgentOperations {
  static final String RUN = "0123456789abcdef0123456789abcdef";
  static final byte[] WRITTEN = "hello\nworld\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Whether {@link #RUN} is a run of every job that is not over. */
  volatile boolean going;

  private final Node node;
  private final long revision;
  private final List<JobBase> jobs;

  FakeAgent(Node node, long revision, List<JobBase> jobs) {
    this.node = node;
    this.revision = revision;
    this.jobs = List.copyOf(jobs);
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public List<JobBase> jobs() {
    return jobs;
  }

  @Override
  public int jobCount() {
    return jobs.size();
  }

  @Override
  public Optional<JobBase> job(String jobId) {
    return jobs.stream().filter(job -> job.jobid().equals(jobId)).findFirst();
  }

  @Override
  public Outcome start(String jobId, @Nullable String runId) {
    Outcome outcome = remember("start " + jobId + " " + runId, jobId);
    return going && outcome instanceof Outcome.Accepted ? new Outcome.Going(RUN) : outcome;
  }

  @Override
  public Outcome stop(String jobId, @Nullable String runId) {
    return remember("stop " + jobId + " " + runId, jobId);
  }

  @Override
  public void nudge() {
    asked.add("nudge");
  }

  @Override
  public Output output(String runId, String stream, long from, int max) {
    if (!runId.equals(RUN)) {
      return new Output.UnknownRun();
    }
    if (stream.equals("stderr")) {
      return new Output.Unreadable("the disk is gone");
    }
    int start = (int) Math.min(from, WRITTEN.length);
    int end = Math.min(WRITTEN.length, start + max);
    byte[] data = java.util.Arrays.copyOfRange(WRITTEN, start, end);
    return new Output.Chunk(data, end, end == WRITTEN.length, 3, start == 0 ? 3 : 5);
  }

  private Outcome remember(String request, String jobId) {
    if (job(jobId).isEmpty()) {
      return new Outcome.UnknownJob();
    }
    asked.add(request);
    return new Outcome.Accepted();
  }
}
