package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to be told, or was told.
 *
 * @param rule its name; "" when it was removed since
 * @param kind as in {@link RuleView}
 * @param times how often it happened, told as one
 * @param firstat when it happened first
 * @param lastat when it happened last
 * @param state waiting, sent or failed
 * @param dueat when it is sent or tried again; null when it is over
 * @param attempts so far
 * @param error why the last attempt failed; ""
 */
public record NoticeView(
    String id,
    String ruleid,
    String rule,
    String kind,
    String jobid,
    String runid,
    String agentkey,
    String detail,
    long times,
    Instant firstat,
    Instant lastat,
    String state,
    @Nullable Instant dueat,
    int attempts,
    String error,
    @Nullable Instant sentat) {}
