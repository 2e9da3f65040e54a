package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;

/**
 * Who is told of what.
 *
 * @param runtime only of this runtime; "" of any
 * @param group only of this group; "" of any
 * @param jobid only of this job; "" of any
 * @param kinds of which events: succeeded, failed, recovered, late, missed, unplaced, agent-lost,
 *     agent-back
 * @param channel mail or webhook
 * @param targets mail addresses, or one URL
 * @param template of a webhook: json or slack; "" for mail
 * @param signed whether what is posted is signed with a secret, which is never told
 * @param managed whether it comes from a configuration file, and can't be changed here
 */
public record RuleView(
    String ruleid,
    String name,
    String runtime,
    String group,
    String jobid,
    List<String> kinds,
    String channel,
    List<String> targets,
    String template,
    boolean signed,
    boolean enabled,
    boolean managed,
    String createuser,
    Instant createat) {}
