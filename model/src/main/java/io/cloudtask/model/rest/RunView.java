package io.cloudtask.model.rest;

import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param fireat the due instant; null for a run by hand
 * @param startedat null until it started
 * @param endedat null until it ended
 * @param latenessms milliseconds from {@code fireat} to {@code startedat}
 * @param durationms milliseconds from start to end
 * @param outputs what is kept of its streams; empty while it runs
 */
public record RunView(
    String runid,
    String jobid,
    String jobname,
    long version,
    RunState state,
    Trigger trigger,
    int attempt,
    @Nullable Instant fireat,
    @Nullable Instant startedat,
    @Nullable Instant endedat,
    @Nullable Long latenessms,
    @Nullable Long durationms,
    @Nullable Integer exitcode,
    @Nullable Integer signal,
    String reason,
    String agent,
    String agentkey,
    List<Output> outputs) {
  /** A stream: its size as written, and the part in [cutfrom, cutto) that was dropped. */
  public record Output(String stream, long size, long cutfrom, long cutto) {}
}
