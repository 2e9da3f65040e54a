package io.cloudtask.agent.center;

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
import java.io.IOException;
import java.io.InputStream;

/**
 * What an agent asks of its centers; any of them answers, and every call may reach one twice.
 * Thread-safe; a call blocks until it is answered or given up, and throws when it is given up:
 * nobody knows then whether it was served.
 */
public interface Center {
  /** Introduces this agent. */
  Answer<Welcome> hello(Hello hello) throws IOException;

  /** Asks the store to leave this agent its jobs for a while. */
  Answer<LeaseAnswer> lease(LeaseRequest lease) throws IOException;

  /** Asks for the right to start fire times. */
  Answer<ClaimAnswer> claims(ClaimRequest claims) throws IOException;

  /**
   * Asks for the job set.
   *
   * @param known the revision that this agent holds, which it acknowledges with the call
   */
  Answer<JobSet> jobs(long known) throws IOException;

  /** Sends facts. */
  Answer<ReportAck> report(ReportBatch batch) throws IOException;

  /**
   * Sends what a run wrote to one stream, replacing what was sent before.
   *
   * @param output sizes and cut; its data is not looked at
   * @param length how many bytes {@code source} gives
   */
  Answer<Void> upload(RunOutput output, long length, Source source) throws IOException;

  /** Where the bytes of an upload come from; opened anew for each attempt. */
  interface Source {
    InputStream open() throws IOException;
  }
}
