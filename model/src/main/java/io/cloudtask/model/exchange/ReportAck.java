package io.cloudtask.model.exchange;

/**
 * The answer to a batch.
 *
 * @param applied everything up to this sequence is committed and may leave the agent's disk
 */
public record ReportAck(long applied) {}
