package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.process.KeptOutput;
import io.cloudtask.agent.process.OutputCut;
import io.cloudtask.agent.report.RunOutputs;
import java.nio.file.Path;

/** What pretended runs write, which is nothing. */
final class AgentOutputs implements RunOutputs {
  private final Processes processes;

  AgentOutputs(Processes processes) {
    this.processes = processes;
  }

  @Override
  public KeptOutput finished(String runId, String stream) {
    return new KeptOutput(Path.of(runId, stream), 0, OutputCut.NONE);
  }

  @Override
  public void delivered(String runId) {
    processes.forget(runId);
  }
}
