package io.cloudtask.agent;

import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * What an agent must be told.
 *
 * @param key of this agent, a UUID
 * @param node as it is before it is signed in
 * @param centerHost base URL of a center; asked for each call, because it may follow the
 *     coordinator
 * @param token of the cluster
 * @param tls of its calls to centers
 * @param saveDirectory holds work directories and runs; must be the one that the package cache has
 * @param stateDirectory holds the journal; no other agent may use it
 * @param zone of this host
 * @param grace between TERM and KILL
 * @param pulse between heartbeats
 * @param pullRecovery between attempts to get a package that failed
 * @param cleanInterval between removals of work directories of jobs no longer held; zero: never
 * @param caps of each output of a run
 */
public record AgentSettings(
    String key,
    Node node,
    Supplier<String> centerHost,
    String token,
    Tls tls,
    Path saveDirectory,
    Path stateDirectory,
    ZoneId zone,
    Duration grace,
    Duration pulse,
    Duration pullRecovery,
    Duration cleanInterval,
    OutputCaps caps) {
  /** How long a run has between TERM and KILL, unless said otherwise. */
  public static final Duration GRACE = Duration.ofSeconds(5);
}
