package io.cloudtask.model.exchange;

import java.util.List;

/**
 * Facts in the order of the journal; a center applies a batch, and the position of the agent with
 * it, in one transaction.
 *
 * @param incarnation of the agent process
 * @param reports ascending by sequence; those that the center knows already are passed over
 * @param outputs of runs that end in this batch, for both streams of each
 */
public record ReportBatch(String incarnation, List<Report> reports, List<RunOutput> outputs) {
  public ReportBatch {
    reports = List.copyOf(reports);
    outputs = List.copyOf(outputs);
  }
}
