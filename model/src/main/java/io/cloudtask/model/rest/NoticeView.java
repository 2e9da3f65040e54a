package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to be told, or was told.
 *
 * @param rule its name; "" when it was removed since
 * @param kind as in {@link RuleView}
 * @param job its name after those of its runtime and its group; "" when it is about none, or that
 *     is gone
 * @param host of the agent that it happened to or on; "" when there is none, or nobody knows
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
    String job,
    String runid,
    String agentkey,
    String host,
    String detail,
    long times,
    Instant firstat,
    Instant lastat,
    String state,
    @Nullable Instant dueat,
    int attempts,
    String error,
    @Nullable Instant sentat) {}
