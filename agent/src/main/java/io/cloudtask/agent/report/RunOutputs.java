package io.cloudtask.agent.report;

import io.cloudtask.agent.process.KeptOutput;
import java.io.IOException;

/** The files of runs that are over, as the reporter needs them. Thread-safe. */
public interface RunOutputs {
  /**
   * What is kept of a stream; an empty one when the run wrote nothing or never started.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @throws IOException when it can't be read
   */
  KeptOutput finished(String runId, String stream) throws IOException;

  /** A center has the end of this run and its output; nothing of it is needed here any more. */
  void delivered(String runId);
}
