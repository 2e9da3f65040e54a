package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.center.Answer;
import io.cloudtask.agent.center.Center;
import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.ReportAck;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.exchange.Welcome;
import io.cloudtask.simulation.world.Life;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The calls of an agent to its centers, over the pretended network. */
final class AgentCalls implements Center {
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration URGENT = Duration.ofSeconds(3);

  private final AgentHost host;
  private final Life life;
  private final AgentJournal journal;
  private final Mutant mutant;
  private int current;

  AgentCalls(AgentHost host, Life life, AgentJournal journal) {
    this.host = host;
    this.life = life;
    this.journal = journal;
    this.mutant = host.cluster().mutant();
  }

  /** The center that answered last, then the others. */
  private <T> Answer<T> call(String what, CenterHost.Call<Answer<T>> call, Duration patience)
      throws IOException {
    List<CenterHost> centers = host.cluster().centers();
    IOException failure = new IOException("no center is known");
    for (int i = 0; i < centers.size(); i++) {
      CenterHost to = centers.get(current % centers.size());
      try {
        return host.cluster().call(host, to, what, call, patience);
      } catch (IOException e) {
        failure = e;
        current++;
      }
    }
    throw failure;
  }

  @Override
  public Answer<Welcome> hello(Hello hello) throws IOException {
    return call("hello", center -> center.desk().hello(host.key(), hello), CALL);
  }

  @Override
  public Answer<LeaseAnswer> lease(LeaseRequest lease) throws IOException {
    if (host.cluster().ambush().mutes(host.key())) {
      life.sleep(URGENT.dividedBy(3));
      throw new IOException("the answer got lost");
    }
    long sent = host.cluster().timeline().now();
    Answer<LeaseAnswer> answer =
        call("lease", center -> center.desk().lease(host.key(), lease), URGENT);
    if (mutant == Mutant.LEASE_FROM_ANSWER && answer instanceof Answer.Done<LeaseAnswer> done) {
      long since = (host.cluster().timeline().now() - sent) / 1_000_000;
      LeaseAnswer said = done.value();
      return new Answer.Done<>(
          new LeaseAnswer(said.millis() + since, said.skew(), said.fit(), said.tolerance()));
    }
    return answer;
  }

  @Override
  public Answer<ClaimAnswer> claims(ClaimRequest claims) throws IOException {
    if (mutant == Mutant.CLAIM_NOT_ASKED) {
      return new Answer.Done<>(new ClaimAnswer(Collections.nCopies(claims.claims().size(), true)));
    }
    return call("claims", center -> center.desk().claims(host.key(), claims), URGENT);
  }

  @Override
  public Answer<JobSet> jobs(long known) throws IOException {
    Answer<JobSet> answer =
        call("jobs", center -> center.desk().jobs(host.key(), null, known), CALL);
    return mutant == Mutant.SPAN_TAKEN_AGAIN && answer instanceof Answer.Done<JobSet> done
        ? new Answer.Done<>(renumbered(done.value()))
        : answer;
  }

  /** Spans that were given back look like new ones. */
  private JobSet renumbered(JobSet set) {
    List<AssignedJob> jobs = new ArrayList<>();
    for (AssignedJob job : set.jobs()) {
      jobs.add(host.disk().gaveBack(job.jobid(), job.span()) ? Spans.later(job) : job);
    }
    return new JobSet(set.revision(), jobs, set.closed(), set.autonomy());
  }

  @Override
  public Answer<ReportAck> report(ReportBatch batch) throws IOException {
    // Slower than in truth: facts wait for each other, and more of them are lost in crashes.
    life.sleep(
        life.timeline().dice().between(Duration.ZERO, host.cluster().scenario().reporting()));
    if (mutant == Mutant.OUTBOX_DROPPED_EARLY) {
      journal.note(new Entry.Acked(batch.reports().getLast().sequence()));
    }
    return call("reports", center -> center.desk().reports(host.key(), batch), CALL);
  }

  @Override
  public Answer<Void> upload(RunOutput output, long length, Source source) {
    throw new UnsupportedOperationException("outputs of pretended runs are small");
  }
}
