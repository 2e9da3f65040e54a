package io.cloudtask.model.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /cloudtask/v2/logs} carries: one execution, told after its end.
 *
 * @param exectimes seconds, with decimals
 * @param createat unix milliseconds
 */
public record JobLog(
    String jobid,
    String msgid,
    @Nullable String event,
    @Nullable String group,
    int stat,
    @Nullable String location,
    @Nullable String command,
    @Nullable String workdir,
    @Nullable String ipaddr,
    @Nullable String stdout,
    @Nullable String errout,
    @Nullable String execerr,
    @Nullable Instant execat,
    double exectimes,
    long createat) {}
